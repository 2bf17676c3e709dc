using System.Globalization;
using BtcAgent.History.Files;
using BtcAgent.Storage.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace BtcAgent.History.Queries;

/// <summary>
/// Answers SQL over the history in TimescaleDB or PostgreSQL: one SELECT in a read-only transaction with a time limit. What the query
/// may read is up to the rights of its user.
/// </summary>
/// <param name="connectionString">Server, database, user. Contains a secret: never shown.</param>
/// <param name="limits">Time and rows; the memory is the server's.</param>
public sealed class ServerDatabase(string connectionString, QueryLimits limits)
{
    private const string Schema = "trading";
    private const string ReadOnly = "-c default_transaction_read_only=on -c TimeZone=UTC -c search_path=" + Schema;

    private const string Names = """
        SELECT string_agg(name, ', ' ORDER BY name) FROM (
            SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'trading' AND table_name NOT LIKE 'sink\_%'
                AND table_name NOT LIKE '%\_p20%' AND table_name NOT IN ('schema_migration', 'bars_1m_progress', 'bars_1m_closed')) AS known (name)
        """;

    /// <exception cref="HistoryException">The server cannot be used, or the query is refused, fails or exceeds a limit.</exception>
    public async Task<QueryResult> QueryAsync(string sql, CancellationToken cancellationToken)
    {
        var parts = PostgresConnection.Parse(connectionString);
        parts.Pooling = false;
        parts.ApplicationName = "btcagent-query";
        parts.Options = string.IsNullOrEmpty(parts.Options) ? ReadOnly : $"{parts.Options} {ReadOnly}";
        parts.CommandTimeout = 0; // The server's limit counts.
        try
        {
            await using var connection = new NpgsqlConnection(parts.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return await RunAsync(connection, sql, cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState.StartsWith("28", StringComparison.Ordinal) || e.SqlState is "3D000" or "42501")
        {
            throw Explained(e);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException && e is not PostgresException)
        {
            throw Explained(e);
        }
    }

    private async Task<QueryResult> RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using (var limit = new NpgsqlCommand("SELECT set_config('statement_timeout', $1, true)", connection, transaction))
            {
                limit.Parameters.Add(new NpgsqlParameter<string>
                {
                    TypedValue = Math.Max(1, (long)limits.Timeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture),
                    NpgsqlDbType = NpgsqlDbType.Text,
                });
                await limit.ExecuteNonQueryAsync(cancellationToken);
            }

            // As a subquery it can be nothing but a SELECT; a batch sends it unchanged, and the server takes one statement only.
            await using var batch = new NpgsqlBatch(connection, transaction);
            batch.BatchCommands.Add(new NpgsqlBatchCommand(string.Create(
                CultureInfo.InvariantCulture, $"SELECT * FROM (\n{Trimmed(sql)}\n) AS answer LIMIT {limits.RowsMax + 1L}")));
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            return await ReadAsync(reader, cancellationToken);
        }
        catch (PostgresException e)
        {
            throw await FailedAsync(connection, e, cancellationToken);
        }
    }

    private async Task<QueryResult> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        List<string> columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        List<object?[]> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            if (rows.Count == limits.RowsMax)
            {
                return new QueryResult(columns, rows, IsTruncated: true);
            }

            rows.Add([.. Enumerable.Range(0, columns.Count).Select(i => reader.IsDBNull(i) ? null : ValueOf(reader, i))]);
        }

        return new QueryResult(columns, rows, IsTruncated: false);
    }

    private static object ValueOf(NpgsqlDataReader reader, int column)
    {
        try
        {
            return reader.GetValue(column);
        }
        catch (OverflowException e)
        {
            throw new HistoryException($"column {reader.GetName(column)} has a number of more than 28 digits: round it, or write {reader.GetName(column)}::text", e);
        }
    }

    private async Task<HistoryException> FailedAsync(NpgsqlConnection connection, PostgresException e, CancellationToken cancellationToken)
    {
        switch (e.SqlState)
        {
            case PostgresErrorCodes.QueryCanceled:
                return new HistoryException($"the query took longer than {limits.Timeout.TotalSeconds:0.#} s: narrow it, or allow more with --timeout", e);
            case PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName:
                await using (var names = new NpgsqlCommand(Names, connection))
                {
                    return new HistoryException(await names.ExecuteScalarAsync(cancellationToken) is string known
                        ? $"{OneLine(e)}: there are {known}"
                        : $"the database '{connection.Database}' has no history: set History:Timescale:ConnectionString for the agent, or name the database that it writes", e);
                }

            case PostgresErrorCodes.ReadOnlySqlTransaction:
                return new HistoryException($"only SELECT statements are allowed: the history is read-only ({OneLine(e)})", e);
            case PostgresErrorCodes.SyntaxError:
                return new HistoryException($"the query is not one SELECT: {OneLine(e)}", e);
            case PostgresErrorCodes.InsufficientPrivilege:
                return Explained(e);
            default:
                return new HistoryException($"the query failed: {OneLine(e)}", e);
        }
    }

    private HistoryException Explained(Exception e) => new(PostgresConnection.Explain(e, connectionString, Schema).Message, e);

    private static string Trimmed(string sql) => sql.Trim().TrimEnd(';');

    private static string OneLine(PostgresException e) => e.MessageText.ReplaceLineEndings(" ").TrimEnd('.');
}
