using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace BtcAgent.History.Sinks.Timescale;

/// <summary>
/// Holds the name of a sink as long as its session lives: of two agents with one name the second is refused, and a process that was
/// killed leaves nothing behind. The epoch in <c>sink_owners</c> fences an owner whose session was lost without its knowledge.
/// </summary>
internal sealed class SinkLock : IAsyncDisposable
{
    /// <summary>How long to wait for the end of the session of a process that was just killed.</summary>
    private const string Wait = "3s";

    private const string LockNotAvailable = "55P03";

    private const string Owner = "SELECT owner, taken_at FROM trading.sink_owners WHERE sink = $1";

    private readonly NpgsqlConnection _session;

    private SinkLock(NpgsqlConnection session) => _session = session;

    /// <param name="connectionString">The server.</param>
    /// <param name="sink">Name of the sink.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <exception cref="SinkException">Another process holds the name; the message says which.</exception>
    public static async Task<SinkLock> TakeAsync(
        NpgsqlConnectionStringBuilder connectionString, string sink, CancellationToken cancellationToken)
    {
        // Without pooling, closing the connection ends the session. The server ends that of a machine that is gone after 30 s.
        var parts = new NpgsqlConnectionStringBuilder(connectionString.ConnectionString) { Pooling = false };
        var session = new NpgsqlConnection(parts.ConnectionString);
        try
        {
            await session.OpenAsync(cancellationToken);
            await using (var prepare = new NpgsqlCommand(
                $"SET lock_timeout = '{Wait}'; SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3", session))
            {
                await prepare.ExecuteNonQueryAsync(cancellationToken);
            }

            await using var take = Of(session, "SELECT pg_advisory_lock(hashtextextended('btcagent sink ' || $1, 0))", sink);
            await take.ExecuteNonQueryAsync(cancellationToken);
            return new SinkLock(session);
        }
        catch (PostgresException e) when (e.SqlState == LockNotAvailable)
        {
            var owner = await OwnerAsync(session, sink, cancellationToken);
            await session.DisposeAsync();
            throw new SinkException(
                $"sink '{sink}' is in use by {owner}: one agent writes under a name; stop the other one, or give this one its own "
                + $"{TimescaleOptions.Section}:{nameof(TimescaleOptions.SinkName)}",
                e);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private static async Task<string> OwnerAsync(NpgsqlConnection session, string sink, CancellationToken cancellationToken)
    {
        await using var command = Of(session, Owner, sink);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? string.Create(CultureInfo.InvariantCulture, $"{row.GetString(0)} since {row.GetDateTime(1):yyyy-MM-dd HH:mm:ss} UTC")
            : "another process";
    }

    private static NpgsqlCommand Of(NpgsqlConnection session, string sql, string sink)
    {
        var command = new NpgsqlCommand(sql, session);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = sink, NpgsqlDbType = NpgsqlDbType.Text });
        return command;
    }
}
