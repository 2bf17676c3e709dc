using System.Collections.Immutable;
using System.Text.Json;

namespace BtcAgent.History.Files;

/// <summary>
/// The files of a data set, and how far each partition of the log is stored in them. It is replaced as a whole: a file is part of
/// the history from the moment a manifest names it, and its facts count as stored from the same moment.
/// </summary>
public sealed record Manifest
{
    /// <summary>Version of this format.</summary>
    public const int CurrentVersion = 1;

    private const string KeyStart = "dataset=";
    private const string KeyEnd = "/manifest.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = false };

    public int Version { get; init; } = CurrentVersion;

    public required string Dataset { get; init; }

    /// <summary>Grows with each new owner: an earlier one can no longer replace the manifest.</summary>
    public long Epoch { get; init; }

    /// <summary>By partition, the offset of the first fact that is not stored.</summary>
    public ImmutableSortedDictionary<string, long> Checkpoints { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    public ImmutableList<DataFile> Files { get; init; } = [];

    public ImmutableList<LostRange> Lost { get; init; } = [];

    public static string KeyOf(string dataset) => $"{KeyStart}{dataset}{KeyEnd}";

    /// <summary>The steps that are left when the manifest of a data set is lost or damaged; a backup of the agent has no history.</summary>
    public static string RemedyOf(string dataset) =>
        $"put back a copy of that file, or move the folder 'dataset={dataset}' away: the data set then begins again with the facts that the log still has, "
        + "and any tool for Parquet reads the files that were moved";

    /// <exception cref="HistoryException">Not a manifest of this version; the message names the key, the value and the remedy.</exception>
    public static Manifest Read(string key, ReadOnlySpan<byte> json)
    {
        Manifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<Manifest>(json, Json) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new HistoryException($"'{key}' is damaged ({e.Message}): {RemedyOf(DatasetOf(key))}", e);
        }

        if (manifest.Version > CurrentVersion)
        {
            throw new HistoryException($"'{key}' has version {manifest.Version}, this program reads up to {CurrentVersion}: use a newer program");
        }

        return ManifestFault.Of(manifest, key) is { } fault
            ? throw new HistoryException($"'{key}' is damaged ({fault}): {RemedyOf(DatasetOf(key))}")
            : manifest;
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    private static string DatasetOf(string key) =>
        key.StartsWith(KeyStart, StringComparison.Ordinal) && key.EndsWith(KeyEnd, StringComparison.Ordinal) ? key[KeyStart.Length..^KeyEnd.Length] : key;
}
