using BtcAgent.Domain.Facts;
using BtcAgent.History.Log;
using Npgsql;
using NpgsqlTypes;

namespace BtcAgent.History.Sinks.Timescale;

/// <summary>
/// The statements on <c>sink_owners</c> and <c>sink_offsets</c>. A write locks the owner's row in share mode until it is committed,
/// so a newer owner waits for it, and every later write of the earlier owner sees that it no longer owns the sink.
/// </summary>
internal sealed class SinkLedger(string sink)
{
    private const string Take = """
        INSERT INTO trading.sink_owners AS old (sink, epoch, owner) VALUES ($1, 1, $2)
        ON CONFLICT (sink) DO UPDATE SET epoch = old.epoch + 1, owner = excluded.owner, taken_at = now()
        RETURNING epoch
        """;

    private const string Fence = "SELECT epoch FROM trading.sink_owners WHERE sink = $1 FOR SHARE";
    private const string Where = "sink = $1 AND log = $2 AND topic = $3 AND partition = $4";
    private const string Look = $"SELECT next_offset FROM trading.sink_offsets WHERE {Where}";
    private const string Lock = $"{Look} FOR UPDATE";

    private const string First = """
        INSERT INTO trading.sink_offsets (sink, log, topic, partition, next_offset, epoch) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING
        """;

    private const string Move = $"""
        UPDATE trading.sink_offsets SET next_offset = $5, epoch = $6, updated_at = now()
        WHERE {Where} AND epoch <= $6 AND next_offset = $7
        """;

    /// <summary>Becomes the owner; returns the epoch that its writes carry.</summary>
    public async Task<long> TakeAsync(NpgsqlConnection connection, string owner, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Take, connection);
        Text(command, sink);
        Text(command, owner);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <returns>The epoch of the present owner.</returns>
    public async Task<long> OwnerAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Fence, connection);
        Text(command, sink);
        return await command.ExecuteScalarAsync(cancellationToken) is long epoch ? epoch : 0;
    }

    /// <returns>The first offset that is not stored; null when none ever was.</returns>
    public async Task<long?> NextAsync(
        NpgsqlConnection connection, LogPartition partition, bool forUpdate, CancellationToken cancellationToken)
    {
        await using var command = Of(connection, forUpdate ? Lock : Look, partition);
        return await command.ExecuteScalarAsync(cancellationToken) is long next ? next : null;
    }

    /// <returns>False when another write has moved the offset since, or owns a newer epoch.</returns>
    public async Task<bool> MoveAsync(
        NpgsqlConnection connection, LogPartition partition, long? from, long to, long epoch, CancellationToken cancellationToken)
    {
        await using var command = Of(connection, from is null ? First : Move, partition);
        Long(command, to);
        Long(command, epoch);
        if (from is { } known)
        {
            Long(command, known);
        }

        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private NpgsqlCommand Of(NpgsqlConnection connection, string sql, LogPartition partition)
    {
        var command = new NpgsqlCommand(sql, connection);
        Text(command, sink);
        Text(command, partition.Log);
        Text(command, FactTopics.NameOf(partition.Topic));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = partition.Number });
        return command;
    }

    private static void Text(NpgsqlCommand command, string value) =>
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text });

    private static void Long(NpgsqlCommand command, long value) => command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = value });
}
