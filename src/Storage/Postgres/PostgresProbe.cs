using Npgsql;

namespace BtcAgent.Storage.Postgres;

/// <summary>Checks within two seconds, on a separate connection, whether PostgreSQL answers and accepts writes.</summary>
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

    /// <returns>The problem and the remedy; null when it answers.</returns>
    public async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var command = _source.CreateCommand("SELECT current_setting('transaction_read_only')");
            return await command.ExecuteScalarAsync(cancellationToken) is "on"
                ? "PostgreSQL accepts no writes: it is read-only, like a standby; promote it, or connect to the primary"
                : null;
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException)
        {
            return PostgresConnection.Explain(e, _connectionString).Message;
        }
    }

    /// <summary>Returns the server's version; call it after <see cref="AskAsync"/> found no problem.</summary>
    public async Task<string> ReadVersionAsync(CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand("SHOW server_version");
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
