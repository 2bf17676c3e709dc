using System.Globalization;
using BtcAgent.History.Datasets;
using BtcAgent.History.Files;
using BtcAgent.History.Sql;
using DuckDB.NET.Data;

namespace BtcAgent.History.Queries;

/// <summary>Writes a range of a data set into one file, sorted by event time.</summary>
public static class HistoryExport
{
    private const int MemoryMb = 1_024;

    /// <summary>Formats by the ending of the file's name.</summary>
    private static readonly Dictionary<string, string> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = "FORMAT csv, HEADER true",
        [".json"] = "FORMAT json",
        [".jsonl"] = "FORMAT json",
        [".parquet"] = "FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd",
    };

    /// <returns>Rows written.</returns>
    /// <exception cref="HistoryException">The ending is unknown, the file exists, or it cannot be written.</exception>
    public static async Task<long> RunAsync(
        HistoryFiles files, Dataset dataset, string? instrument, DateTimeOffset? from, DateTimeOffset? to, string path, CancellationToken cancellationToken)
    {
        if (!Formats.TryGetValue(Path.GetExtension(path), out var format))
        {
            throw new HistoryException($"'{path}' has an unknown ending: use {string.Join(", ", Formats.Keys)}");
        }

        if (File.Exists(path))
        {
            throw new HistoryException($"'{path}' exists already: choose another name");
        }

        var chosen = Chosen(files, dataset, instrument, from, to);
        if (!await files.FetchAsync(chosen, cancellationToken))
        {
            throw new HistoryException("files of the history were merged meanwhile: run the command again");
        }

        var part = $"{path}.part";
        try
        {
            using var session = new SqlSession(MemoryMb, Math.Max(1, Environment.ProcessorCount / 2), Path.GetDirectoryName(Path.GetFullPath(path)));
            var rows = Count(session, $"""
                COPY (SELECT * FROM ({DatasetSource.Select(dataset, dataset.Columns, chosen, files.PathOf)})
                    WHERE {Condition(from, to)} ORDER BY event_time, event_ns, fact_log, fact_partition, fact_offset, fact_row)
                TO {SqlText.Literal(part)} ({format})
                """);
            File.Move(part, path);
            return rows;
        }
        catch (DuckDBException e)
        {
            throw new HistoryException($"'{path}' was not written: {e.Message.Split('\n', 2)[0].Trim()}", e);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static long Count(SqlSession session, string copy)
    {
        using var command = session.Command(copy);
        return command.ExecuteNonQuery();
    }

    private static List<DataFile> Chosen(HistoryFiles files, Dataset dataset, string? instrument, DateTimeOffset? from, DateTimeOffset? to) =>
    [
        .. files.ManifestOf(dataset).Files.Where(file => (instrument is null || file.Instrument == instrument)
            && !(file.LastTime < Nanoseconds(from)) && !(file.FirstTime >= Nanoseconds(to))),
    ];

    private static long? Nanoseconds(DateTimeOffset? time) => time is { } at ? Timestamp.FromDateTimeOffset(at).UnixNanoseconds : null;

    private static string Condition(DateTimeOffset? from, DateTimeOffset? to)
    {
        List<string> conditions = ["true"];
        if (from is { } first)
        {
            conditions.Add($"event_time >= {Literal(first)}");
        }

        if (to is { } end)
        {
            conditions.Add($"event_time < {Literal(end)}");
        }

        return string.Join(" AND ", conditions);
    }

    private static string Literal(DateTimeOffset time) => $"TIMESTAMPTZ '{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}+00'";
}
