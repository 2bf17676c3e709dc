using BtcAgent.Storage.Embedded;
using Npgsql;

namespace BtcAgent.Storage.Postgres;

/// <summary>The decisions of the cluster's log of facts, in table <c>decisions</c>, with the places up to which the log was read.</summary>
public sealed class PostgresJournal : IJournal, IAsyncDisposable
{
    /// <summary>Seconds to wait for a server that does not answer.</summary>
    private const int ConnectTimeoutS = 5;

    /// <inheritdoc cref="ConnectTimeoutS"/>
    private const int CommandTimeoutS = 10;

    /// <summary>One for the writer, the others for readers.</summary>
    private const int ConnectionsMax = 4;

    private readonly string connectionString;
    private readonly NpgsqlDataSource source;
    private readonly DecisionTable table;

    /// <summary>Creates the journal without contacting the server.</summary>
    /// <exception cref="PostgresStoreException">The connection string cannot be read.</exception>
    public PostgresJournal(PostgresOptions options)
    {
        var parts = PostgresConnection.Parse(options.ConnectionString);
        parts.Timeout = ConnectTimeoutS;
        parts.CommandTimeout = CommandTimeoutS;
        parts.MaxPoolSize = ConnectionsMax;
        connectionString = options.ConnectionString;
        source = NpgsqlDataSource.Create(parts);
        table = new DecisionTable(source);
    }

    /// <exception cref="PostgresStoreException">The server is unreachable or refuses.</exception>
    public Task<long?> NextAsync(string log, string topic, int partition, CancellationToken cancellationToken) =>
        ReadAsync(() => table.NextAsync(log, topic, partition, cancellationToken));

    /// <exception cref="PostgresStoreException">Nothing of it is stored: the server is unreachable or refuses, or another process has stored the place.</exception>
    public async Task StoreAsync(IReadOnlyList<JournalEntry> entries, JournalPlace place, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(place);
        try
        {
            if (!await table.StoreAsync(entries, place, cancellationToken))
            {
                throw new PostgresStoreException(
                    $"the journal's place in partition {place.Partition} of {place.Topic} is no longer {place.From}: another process stores the decisions, or did");
            }
        }
        catch (NpgsqlException error)
        {
            throw PostgresConnection.Explain(error, connectionString);
        }
    }

    /// <exception cref="PostgresStoreException">The server is unreachable or refuses.</exception>
    public async Task<JournalEntry?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await ReadAsync(() => table.FindAsync(id, cancellationToken))).FirstOrDefault();

    /// <exception cref="PostgresStoreException">The server is unreachable or refuses.</exception>
    public async Task<IReadOnlyList<JournalEntry>> ListAsync(
        string? kind, string? portfolio, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return await ReadAsync(() => table.ListAsync(kind, portfolio, limit, cancellationToken));
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            try
            {
                return await read();
            }
            catch (NpgsqlException error) when (error.IsTransient)
            {
                // A pooled connection that the server has closed fails only at its next use.
                source.Clear();
                return await read();
            }
        }
        catch (NpgsqlException error)
        {
            throw PostgresConnection.Explain(error, connectionString);
        }
    }
}
