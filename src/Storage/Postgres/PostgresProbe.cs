using Npgsql;

namespace BtcAgent.Storage.Postgres;

/// <summary>Asks whether PostgreSQL answers and takes writes, within two seconds and on a connection of its own.</summary>
public sealed class PostgresProbe : IAsyncDisposable
{
    private const int AnswerSecondsMax = 2;

    private readonly string _connectionString;
    private readonly NpgsqlDataSource _source;

    /// <exception cref="PostgresStoreException">Not a connection string.</exception>
    public PostgresProbe(string connectionString)
    {
        var parts = PostgresConnection.Parse(connectionString);
        parts.ApplicationName = "btcagent-probe";
        parts.Timeout = AnswerSecondsMax;
        parts.CommandTimeout = AnswerSecondsMax;
        parts.MaxPoolSize = 1;
        _connectionString = parts.ConnectionString;
        _source = NpgsqlDataSource.Create(parts);
    }

    /// <returns>Why it does not answer and what to do; null when it does.</returns>
    public async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var command = _source.CreateCommand("SELECT current_setting('transaction_read_only')");
            return await command.ExecuteScalarAsync(cancellationToken) is "on"
                ? "PostgreSQL takes no writes: it is read-only, as a standby is; make it the primary, or name the primary"
                : null;
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException)
        {
            return PostgresConnection.Explain(e, _connectionString).Message;
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
