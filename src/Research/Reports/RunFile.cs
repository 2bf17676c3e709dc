using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using BtcAgent.Domain.Models;
using BtcAgent.Research.Metrics;
using BtcAgent.Storage.Files;

namespace BtcAgent.Research.Reports;

/// <summary>
/// Stores a complete run, including curve and fills, as gzipped JSON, so that its report can be rendered again.
/// </summary>
public static class RunFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter<VerdictState>(JsonNamingPolicy.CamelCase) },
    };

    public static void Write(string path, ReportContent content)
    {
        using var file = new AtomicFile(path);
        using (var gzip = new GZipStream(file.Stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(gzip, content with { Metrics = null! }, Json);
        }

        file.Commit();
    }

    /// <summary>True for a file that <see cref="Write"/> wrote, by its beginning.</summary>
    public static bool IsRun(string path)
    {
        try
        {
            using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            var head = new byte[Beginning.Length];
            return gzip.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.AsSpan().SequenceEqual(Beginning);
        }
        catch (Exception e) when (e is InvalidDataException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static ReadOnlySpan<byte> Beginning => "{\"title\":\""u8;

    /// <exception cref="InvalidDataException">The file is not a run, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ReportContent Read(string path)
    {
        try
        {
            using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            var stored = JsonSerializer.Deserialize<ReportContent>(gzip, Json)!;
            return stored with { Metrics = PerformanceMetrics.From(stored.Result, ReportContent.TrialsOf(stored.Training, stored.Result)) };
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"'{path}' is not a run written by --save: {e.Message}", e);
        }
    }
}
