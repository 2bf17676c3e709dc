using BtcAgent.History.Files;
using BtcAgent.History.Sql;
using DuckDB.NET.Data;

namespace BtcAgent.History.Queries;

/// <summary>
/// Answers SQL over a history in files: a view for each data set, read-only, without access to anything but the files of the
/// history. The agent may run meanwhile.
/// </summary>
/// <param name="read">Reads the manifests.</param>
/// <param name="limits">Limits of a query.</param>
/// <param name="time">Clock of the time limit.</param>
public sealed class HistoryDatabase(Func<CancellationToken, Task<HistoryFiles>> read, QueryLimits limits, TimeProvider time)
{
    private const int AttemptsMax = 3;

    /// <param name="folder">Folder of the history.</param>
    /// <param name="limits">Limits of a query.</param>
    /// <param name="time">Clock of the time limit.</param>
    public HistoryDatabase(string folder, QueryLimits limits, TimeProvider time)
        : this(cancellationToken => HistoryFiles.ReadAsync(folder, cancellationToken), limits, time)
    {
    }

    /// <exception cref="HistoryException">There is no history, or the query is refused, fails or exceeds a limit.</exception>
    public async Task<QueryResult> QueryAsync(string sql, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var files = await read(cancellationToken);
            try
            {
                using var session = await OpenAsync(files, sql, cancellationToken);
                if (session is not null)
                {
                    return await RunAsync(session, sql, cancellationToken);
                }

                if (attempt == AttemptsMax)
                {
                    throw new HistoryException("files of the history are merged all the time: ask again");
                }
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
    /// <returns>Null when a file is gone: the manifests must be read again.</returns>
    private async Task<SqlSession?> OpenAsync(HistoryFiles files, string sql, CancellationToken cancellationToken)
    {
        // What exceeds the memory must not fill the disk of the agent.
        var session = new SqlSession(limits.MemoryMb, Math.Max(1, Environment.ProcessorCount / 2), spillFolder: null);
        try
        {
            var tables = QueryGuard.Check(session, sql);
            var datasets = files.Datasets.Where(dataset => tables.Contains(dataset.Name)).ToList();
            if (!await files.FetchAsync([.. datasets.SelectMany(dataset => files.ManifestOf(dataset).Files)], cancellationToken))
            {
                session.Dispose();
                return null;
            }

            List<string> paths = [];
            foreach (var dataset in datasets)
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
        catch (OutOfMemoryException e)
        {
            // A single text of more than 2³⁰ characters cannot be read.
            throw new HistoryException("the query returns a value that is too large to be read: return less, such as a part or the length of it", e);
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
