using BtcAgent.History.Files;
using BtcAgent.History.Sql;
using DuckDB.NET.Data;

namespace BtcAgent.History.Queries;

/// <summary>
/// Answers SQL over a history in a folder: a view for each data set, read-only, without access to anything but the files of the
/// history. The agent may run meanwhile.
/// </summary>
public sealed class HistoryDatabase(string folder, QueryLimits limits, TimeProvider time)
{
    private const int AttemptsMax = 3;

    /// <exception cref="HistoryException">There is no history, or the query is refused, fails or exceeds a limit.</exception>
    public async Task<QueryResult> QueryAsync(string sql, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var files = await HistoryFiles.ReadAsync(folder, cancellationToken);
            try
            {
                using var session = Open(files, sql);
                return await RunAsync(session, sql, cancellationToken);
            }
            catch (DuckDBException e) when (attempt < AttemptsMax && IsFileGone(e))
            {
                // The agent has merged files since the manifest was read.
            }
            catch (DuckDBException e)
            {
                throw new HistoryException($"the query failed: {MessageOf(e)}", e);
            }
        }
    }

    /// <summary>True when a file was removed after its manifest was read.</summary>
    internal static bool IsFileGone(DuckDBException e) =>
        e.Message.StartsWith("IO Error", StringComparison.Ordinal) && (e.Message.Contains("No such file", StringComparison.Ordinal)
            || e.Message.Contains("No files found", StringComparison.Ordinal) || e.Message.Contains("Cannot open file", StringComparison.Ordinal));

    private static string MessageOf(DuckDBException e) => e.Message.Contains("Permission Error", StringComparison.Ordinal)
        ? "a query can read the views of the history only"
        : e.Message.ReplaceLineEndings("\n").Split('\n', 2)[0].Trim();

    /// <summary>Checks the query, makes the views that it reads, and closes the way to everything else.</summary>
    private SqlSession Open(HistoryFiles files, string sql)
    {
        // What exceeds the memory must not fill the disk of the agent.
        var session = new SqlSession(limits.MemoryMb, Math.Max(1, Environment.ProcessorCount / 2), spillFolder: null);
        try
        {
            var tables = QueryGuard.Check(session, sql);
            List<string> paths = [];
            foreach (var dataset in files.Datasets.Where(dataset => tables.Contains(dataset.Name)))
            {
                var stored = files.ManifestOf(dataset).Files;
                paths.AddRange(stored.Select(files.PathOf));
                session.Execute($"CREATE VIEW \"{dataset.Name}\" AS {DatasetSource.Select(dataset, dataset.Columns, stored, files.PathOf)}");
            }

            session.Execute($"SET allowed_paths = {SqlText.List(paths)}");
            session.Execute("SET enable_external_access = false");
            session.Execute("SET lock_configuration = true");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private async Task<QueryResult> RunAsync(SqlSession session, string sql, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limits.Timeout, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var command = session.Command(sql);
        command.UseStreamingMode = true;
        await using var stop = ended.Token.Register(command.Cancel);
        try
        {
            return Read(command, limits.RowsMax, ended.Token);
        }
        catch (Exception e) when (e is DuckDBException or OperationCanceledException && timeout.IsCancellationRequested)
        {
            throw new HistoryException($"the query took longer than {limits.Timeout.TotalSeconds:0.#} s: narrow it, or allow more with --timeout", e);
        }
        catch (DuckDBException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (DuckDBException e) when (e.Message.StartsWith("Out of Memory", StringComparison.Ordinal))
        {
            throw new HistoryException($"the query needs more than {limits.MemoryMb} MiB: narrow it, or allow more with --memory-mb", e);
        }
    }

    private static QueryResult Read(DuckDBCommand command, int rowsMax, CancellationToken cancellationToken)
    {
        using var reader = command.ExecuteReader();
        List<string> columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        List<object?[]> rows = [];
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (rows.Count == rowsMax)
            {
                return new QueryResult(columns, rows, IsTruncated: true);
            }

            rows.Add([.. Enumerable.Range(0, columns.Count).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        }

        return new QueryResult(columns, rows, IsTruncated: false);
    }
}
