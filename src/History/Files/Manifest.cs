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

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = false };

    public int Version { get; init; } = CurrentVersion;

    public required string Dataset { get; init; }

    /// <summary>Grows with each new owner: an earlier one can no longer replace the manifest.</summary>
    public long Epoch { get; init; }

    /// <summary>By partition, the offset of the first fact that is not stored.</summary>
    public ImmutableSortedDictionary<string, long> Checkpoints { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    public ImmutableList<DataFile> Files { get; init; } = [];

    public ImmutableList<LostRange> Lost { get; init; } = [];

    public static string KeyOf(string dataset) => $"dataset={dataset}/manifest.json";

    /// <exception cref="HistoryException">Not a manifest of this version; the message names the key.</exception>
    public static Manifest Read(string key, ReadOnlySpan<byte> json)
    {
        Manifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<Manifest>(json, Json) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new HistoryException($"'{key}' is damaged ({e.Message}): restore it from a backup", e);
        }

        return manifest.Version <= CurrentVersion
            ? manifest
            : throw new HistoryException($"'{key}' has version {manifest.Version}, this program reads up to {CurrentVersion}: use a newer program");
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);
}
