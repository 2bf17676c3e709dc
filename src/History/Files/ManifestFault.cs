using BtcAgent.Storage.Objects;

namespace BtcAgent.History.Files;

/// <summary>
/// Finds values in a manifest that no writer has put there. A key becomes a path, and a checkpoint decides which facts are stored, so
/// neither is believed without a look.
/// </summary>
internal static class ManifestFault
{
    private const int Sha256Length = 64;

    /// <summary>No file is larger than an object of S3 can be, 5 TiB.</summary>
    private const long BytesMax = 5L << 40;

    /// <summary>Returns the first fault in words, with its value; null for none.</summary>
    /// <param name="manifest">A manifest as read.</param>
    /// <param name="key">Its key.</param>
    public static string? Of(Manifest manifest, string key) =>
        manifest.Files is null || manifest.Checkpoints is null || manifest.Lost is null ? "a list is null"
        : key != Manifest.KeyOf(manifest.Dataset) ? $"it is the manifest of '{manifest.Dataset}'"
        : manifest.Checkpoints.FirstOrDefault(checkpoint => checkpoint.Value < 0) is { Key: { } partition, Value: var next }
            ? FormattableString.Invariant($"the checkpoint of '{partition}' is {next}")
        : manifest.Lost.FirstOrDefault(lost => lost is null || lost.From < 0 || lost.To < lost.From) is { } range ? $"it has the gap {range}"
        : manifest.Files.Select(file => Of(file, manifest.Dataset)).FirstOrDefault(fault => fault is not null)
            ?? (manifest.Files.GroupBy(file => file.Key, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any()) is { } twice
                ? $"it names '{twice.Key}' twice"
                : null);

    private static string? Of(DataFile? file, string dataset) =>
        file?.Key is not { } key ? "a file is null"
        : !key.StartsWith($"dataset={dataset}/", StringComparison.Ordinal) ? $"the file '{key}' is not in the data set's folder"
        : ObjectKey.ProblemOf(key) is { } problem ? $"the file '{key}' is not an object: {problem}"
        : file.FirstOffset < 0 || file.LastOffset < file.FirstOffset || file.Rows < 0 || file.Bytes is < 0 or > BytesMax || file.LastTime < file.FirstTime
            ? $"the offsets, rows, bytes or times of '{key}' contradict each other"
        : file.Sha256 is not { Length: Sha256Length } hash || !hash.All(char.IsAsciiHexDigitLower) ? $"the SHA-256 of '{key}' is '{file.Sha256}'"
        : file.Instrument is null || file.Log is null || file.Schema is null ? $"the description of '{key}' is incomplete"
        : null;
}
