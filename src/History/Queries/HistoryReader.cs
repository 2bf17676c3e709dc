using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using BtcAgent.Contracts.Queries;
using BtcAgent.History.Datasets;
using BtcAgent.History.Files;
using BtcAgent.History.Sql;
using DuckDB.NET.Data;

namespace BtcAgent.History.Queries;

/// <summary>
/// Reads pages of a history in a folder. It reads the fewest files that can have the page, so that a page takes as long in a year of
/// history as in a day.
/// </summary>
/// <param name="folder">Folder of the history.</param>
/// <param name="memoryMb">Memory of each of the two readers, MiB.</param>
public sealed class HistoryReader(string folder, int memoryMb) : IHistoryReader, IDisposable
{
    private const int ReadersMax = 2;
    private const int AttemptsMax = 3;
    private const int PlaceColumns = 6;

    private readonly SemaphoreSlim _free = new(ReadersMax, ReadersMax);
    private readonly ConcurrentBag<SqlSession> _sessions = [];

    public async Task<HistoryPage> ReadAsync(HistoryRequest request, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            var session = _sessions.TryTake(out var idle) ? idle : new SqlSession(memoryMb, threads: 1, spillFolder: null);
            try
            {
                return await ReadAsync(session, request, cancellationToken);
            }
            finally
            {
                _sessions.Add(session);
            }
        }
        catch (HistoryException e)
        {
            throw new IOException($"the history cannot be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        catch (DuckDBException e)
        {
            throw new IOException($"the history cannot be read: {Reason(e)}; 'btcagent data check' names damaged files", e);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        foreach (var session in _sessions)
        {
            session.Dispose();
        }

        _free.Dispose();
    }

    private async Task<HistoryPage> ReadAsync(SqlSession session, HistoryRequest request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var files = await HistoryFiles.ReadAsync(folder, cancellationToken);
            var dataset = files.Datasets.FirstOrDefault(dataset => dataset.Name == request.Dataset)
                ?? throw new HistoryRequestException($"there is no data set '{request.Dataset}'");
            var query = new PageQuery(dataset, request);
            try
            {
                return Read(session, dataset, query, request, files, cancellationToken);
            }
            catch (DuckDBException e) when (attempt < AttemptsMax && HistoryDatabase.IsFileGone(e))
            {
                // The agent has merged files since the manifest was read.
            }
        }
    }

    /// <summary>The reason without the statement that follows it, and without the folder of the server.</summary>
    private string Reason(DuckDBException e) =>
        e.Message.ReplaceLineEndings("\n").Split('\n', 2)[0].Replace(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Trim();

    private static HistoryPage Read(
        SqlSession session, Dataset dataset, PageQuery query, HistoryRequest request, HistoryFiles files, CancellationToken cancellationToken)
    {
        var candidates = query.Candidates(files.ManifestOf(dataset).Files);
        for (var count = FewestFiles(candidates, request.Limit); ; count *= 2)
        {
            var some = candidates.Take(count).ToList();
            var sql = query.ToSql(some, files.PathOf);
            var (names, rows) = Read(session, sql, cancellationToken);
            var isEnough = rows.Count > request.Limit;
            if (some.Count == candidates.Count || (isEnough && query.IsComplete((long)rows[^1][^PlaceColumns]!, candidates[some.Count])))
            {
                var next = isEnough ? CursorAfter(rows[request.Limit - 1], request).ToText() : null;
                return Page(session, sql, names, rows.Take(request.Limit).ToList(), next, request);
            }
        }
    }

    /// <summary>Returns how many files have all rows of a page when no filter drops any.</summary>
    private static int FewestFiles(IReadOnlyList<DataFile> candidates, int limit)
    {
        long rows = 0;
        var count = 0;
        while (count < candidates.Count && rows <= limit)
        {
            rows += candidates[count++].Rows;
        }

        return Math.Max(1, count);
    }

    private static (IReadOnlyList<string> Names, List<object?[]> Rows) Read(SqlSession session, string sql, CancellationToken cancellationToken)
    {
        using var command = session.Command(sql);
        using var stop = cancellationToken.Register(command.Cancel);
        using var reader = command.ExecuteReader();
        List<string> names = [.. Enumerable.Range(0, reader.FieldCount - PlaceColumns).Select(i => DatasetColumn.JsonNameOf(reader.GetName(i)))];
        List<object?[]> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        }

        return (names, rows);
    }

    private static PageCursor CursorAfter(object?[] row, HistoryRequest request) => new(
        request.Dataset, request.OldestFirst, (long)row[^6]!, (short)row[^5]!, (string)row[^4]!, (long)row[^3]!, (long)row[^2]!, (long)row[^1]!);

    private static HistoryPage Page(
        SqlSession session, string sql, IReadOnlyList<string> names, List<object?[]> rows, string? next, HistoryRequest request) => request.Format switch
        {
            HistoryFormat.Csv => new HistoryPage(Csv(names, rows), "text/csv; charset=utf-8", rows.Count, next),
            HistoryFormat.Parquet => new HistoryPage(Parquet(session, sql, request.Limit), "application/vnd.apache.parquet", rows.Count, next),
            _ => new HistoryPage(Json(names, rows, next), "application/json; charset=utf-8", rows.Count, next),
        };

    private static byte[] Json(IReadOnlyList<string> names, List<object?[]> rows, string? next)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var row in rows)
            {
                RowText.WriteJson(json, names, row);
            }

            json.WriteEndArray();
            json.WriteString("next", next);
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    private static byte[] Csv(IReadOnlyList<string> names, List<object?[]> rows)
    {
        using var text = new StringWriter();
        RowText.WriteCsv(text, names, rows.Select(row => row[..names.Count]));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Parquet(SqlSession session, string sql, int limit)
    {
        var path = Path.GetTempFileName();
        try
        {
            session.Execute(FormattableString.Invariant(
                $"COPY (SELECT * EXCLUDE (_micros, _nanos, _log, _partition, _offset, _row) FROM ({sql}) LIMIT {limit}) TO {SqlText.Literal(path)} (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd)"));
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
