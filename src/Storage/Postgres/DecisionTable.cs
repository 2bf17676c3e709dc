using BtcAgent.Storage.Embedded;
using Npgsql;
using NpgsqlTypes;

namespace BtcAgent.Storage.Postgres;

/// <summary>The statements on the tables <c>decisions</c> and <c>journal_places</c>.</summary>
internal sealed class DecisionTable(NpgsqlDataSource source)
{
    private const string Columns = "id, event_time, instrument, strategy, portfolio, kind, json";

    /// <summary>Ordered, so that the sequence numbers of a batch increase in the order of appending.</summary>
    private const string Insert = $"""
        INSERT INTO btcagent.decisions ({Columns})
        SELECT {Columns}::json
        FROM unnest($1, $2, $3, $4, $5, $6, $7) WITH ORDINALITY AS entry ({Columns}, place)
        ORDER BY place
        ON CONFLICT (id) DO NOTHING
        """;

    private const string Find = $"SELECT {Columns} FROM btcagent.decisions WHERE id = $1";

    private const string List = $"""
        SELECT {Columns} FROM btcagent.decisions
        WHERE ($1 IS NULL OR kind = $1) AND ($2 IS NULL OR portfolio = $2)
        ORDER BY seq DESC LIMIT $3
        """;

    private const string Next = "SELECT next FROM btcagent.journal_places WHERE log = $1 AND topic = $2 AND partition = $3";

    /// <summary>Of two processes that store the same place, the second finds another one.</summary>
    private const string Move = """
        INSERT INTO btcagent.journal_places AS place (log, topic, partition, next) VALUES ($1, $2, $3, $5)
        ON CONFLICT (log, topic, partition) DO UPDATE SET next = $5 WHERE place.next = $4
        """;

    public async Task<long?> NextAsync(string log, string topic, int partition, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Next);
        Text(command, log);
        Text(command, topic);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = partition });
        return await command.ExecuteScalarAsync(cancellationToken) as long?;
    }

    /// <summary>Stores the entries and the place after them, or nothing.</summary>
    /// <returns>False when the place is no longer where the entries begin.</returns>
    public async Task<bool> StoreAsync(IReadOnlyList<JournalEntry> entries, JournalPlace place, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (entries.Count > 0)
        {
            await InsertAsync(connection, entries, cancellationToken);
        }

        await using var move = new NpgsqlCommand(Move, connection);
        Text(move, place.Log);
        Text(move, place.Topic);
        move.Parameters.Add(new NpgsqlParameter<int> { TypedValue = place.Partition });
        move.Parameters.Add(new NpgsqlParameter<long> { TypedValue = place.From });
        move.Parameters.Add(new NpgsqlParameter<long> { TypedValue = place.Next });
        if (await move.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            return false;
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task InsertAsync(NpgsqlConnection connection, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Insert, connection);
        Texts(command, entries, entry => entry.Id);
        command.Parameters.Add(
            new NpgsqlParameter<long[]> { TypedValue = [.. entries.Select(entry => entry.EventTimeUnixNs)] });
        Texts(command, entries, entry => entry.Instrument);
        Texts(command, entries, entry => entry.Strategy);
        Texts(command, entries, entry => entry.Portfolio);
        Texts(command, entries, entry => entry.Kind);
        Texts(command, entries, entry => entry.Json);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task<List<JournalEntry>> FindAsync(string id, CancellationToken cancellationToken) =>
        ReadAsync(Find, command => Text(command, id), cancellationToken);

    public Task<List<JournalEntry>> ListAsync(
        string? kind, string? portfolio, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            List,
            command =>
            {
                Text(command, kind);
                Text(command, portfolio);
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
            },
            cancellationToken);

    private async Task<List<JournalEntry>> ReadAsync(
        string sql, Action<NpgsqlCommand> bind, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        bind(command);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<JournalEntry>();
        while (await row.ReadAsync(cancellationToken))
        {
            found.Add(new JournalEntry(
                row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4),
                row.GetString(5), row.GetString(6)));
        }

        return found;
    }

    private static void Texts(
        NpgsqlCommand command, IReadOnlyList<JournalEntry> entries, Func<JournalEntry, string> column) =>
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. entries.Select(column)] });

    private static void Text(NpgsqlCommand command, string? value) =>
        command.Parameters.Add(
            new NpgsqlParameter { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
}
