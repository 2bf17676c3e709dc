using System.Threading.Channels;
using BtcAgent.Storage.Embedded;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BtcAgent.Storage.Postgres;

/// <summary>
/// Append-only record of decisions in table <c>decisions</c>. Appending never waits: what the queue cannot hold is
/// dropped, counted and logged. While the server is away the queue keeps its entries, and the writer tries again.
/// </summary>
public sealed partial class PostgresJournal : IAsyncDisposable
{
    /// <summary>What <see cref="DisposeAsync"/> may take.</summary>
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(3);

    /// <summary>For a server that is there but does not answer, seconds.</summary>
    private const int ConnectTimeoutS = 5;

    /// <inheritdoc cref="ConnectTimeoutS"/>
    private const int CommandTimeoutS = 10;

    /// <summary>The writer's, and readers.</summary>
    private const int ConnectionsMax = 4;

    private static readonly TimeSpan RetryMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(5);

    private readonly string connectionString;
    private readonly int batchMax;
    private readonly TimeProvider time;
    private readonly ILogger<PostgresJournal> logger;
    private readonly NpgsqlDataSource source;
    private readonly DecisionTable table;
    private readonly Channel<JournalWork> queue;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task writing;
    private long dropped;
    private long droppedLogged;
    private long duplicates;
    private int disposed;

    /// <summary>Why entries were lost since the last flush; the writer alone uses it.</summary>
    private Exception? failure;

    /// <summary>Does not ask the server yet.</summary>
    /// <exception cref="PostgresStoreException">The connection string cannot be read.</exception>
    public PostgresJournal(PostgresOptions options, TimeProvider time, ILogger<PostgresJournal> logger)
    {
        var parts = PostgresConnection.Parse(options.ConnectionString);
        parts.Timeout = ConnectTimeoutS;
        parts.CommandTimeout = CommandTimeoutS;
        parts.MaxPoolSize = ConnectionsMax;
        connectionString = options.ConnectionString;
        batchMax = options.JournalBatchMax;
        this.time = time;
        this.logger = logger;
        source = NpgsqlDataSource.Create(parts);
        table = new DecisionTable(source);
        queue = Channel.CreateBounded<JournalWork>(
            new BoundedChannelOptions(options.JournalQueueMax) { SingleReader = true });
        writing = Task.Run(WriteAsync);
    }

    /// <summary>Entries dropped or lost since the start.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>
    /// Entries whose id was there already, since the start. Counts a batch again whose commit was not confirmed,
    /// as when the server dies at that moment.
    /// </summary>
    public long Duplicates => Interlocked.Read(ref duplicates);

    /// <summary>False when the entry was dropped.</summary>
    /// <param name="entry">To keep.</param>
    /// <param name="settled">Told once, unless false was answered, whether the entry is kept; must not throw or wait.</param>
    public bool TryAppend(JournalEntry entry, Action<bool>? settled = null)
    {
        if (queue.Writer.TryWrite(new JournalWork(entry, null, settled)))
        {
            return true;
        }

        Interlocked.Increment(ref dropped);
        return false;
    }

    /// <summary>Null when there is none.</summary>
    /// <exception cref="PostgresStoreException">The server is away or refuses.</exception>
    public async Task<JournalEntry?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await ReadAsync(() => table.FindAsync(id, cancellationToken))).FirstOrDefault();

    /// <summary>The newest entries, newest first.</summary>
    /// <exception cref="PostgresStoreException">The server is away or refuses.</exception>
    public async Task<IReadOnlyList<JournalEntry>> ListAsync(
        string? kind, string? instrument, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return await ReadAsync(() => table.ListAsync(kind, instrument, limit, cancellationToken));
    }

    /// <summary>Returns when all that was taken before is committed; waits while the server is away.</summary>
    /// <exception cref="PostgresStoreException">Entries taken since the last flush were lost.</exception>
    /// <exception cref="ChannelClosedException">The journal is being closed.</exception>
    public async Task FlushAsync()
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await queue.Writer.WriteAsync(new JournalWork(null, flushed));
        await flushed.Task;
    }

    /// <summary>Takes no more and writes what waits, for 3 s at most; the rest is lost, counted and logged.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            queue.Writer.TryComplete();
            await using (time.CreateTimer(_ => stopping.Cancel(), null, DrainLimit, Timeout.InfiniteTimeSpan))
            {
                await writing;
            }

            await source.DisposeAsync();
            stopping.Dispose();
        }
    }

    private async Task<List<JournalEntry>> ReadAsync(Func<Task<List<JournalEntry>>> read)
    {
        try
        {
            try
            {
                return await read();
            }
            catch (NpgsqlException error) when (error.IsTransient)
            {
                // A pooled connection that the server has closed shows it at its next use only.
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
