using System.Threading.Channels;
using BtcAgent.Storage.Embedded;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BtcAgent.Storage.Postgres;

/// <summary>
/// Append-only record of decisions in table <c>decisions</c>. Appending never waits: entries beyond the queue's size are
/// dropped, counted and logged. While the server is unreachable the queue keeps its entries, and the writer retries.
/// </summary>
public sealed partial class PostgresJournal : IAsyncDisposable
{
    /// <summary>Time limit of <see cref="DisposeAsync"/>.</summary>
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(3);

    /// <summary>Seconds to wait for a server that does not answer.</summary>
    private const int ConnectTimeoutS = 5;

    /// <inheritdoc cref="ConnectTimeoutS"/>
    private const int CommandTimeoutS = 10;

    /// <summary>One for the writer, the others for readers.</summary>
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

    /// <summary>Why entries were lost since the last flush; used by the writer only.</summary>
    private Exception? failure;

    /// <summary>Creates the journal without contacting the server.</summary>
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
    /// Entries with an existing id, since the start. Includes a repeated batch whose commit was not confirmed, as when the
    /// server dies at that moment.
    /// </summary>
    public long Duplicates => Interlocked.Read(ref duplicates);

    /// <summary>Returns false when the entry was dropped.</summary>
    /// <param name="entry">The entry to store.</param>
    /// <param name="settled">
    /// Called once with true when the entry is stored, unless this method returns false; must not throw or wait.
    /// </param>
    public bool TryAppend(JournalEntry entry, Action<bool>? settled = null)
    {
        if (queue.Writer.TryWrite(new JournalWork(entry, null, settled)))
        {
            return true;
        }

        Interlocked.Increment(ref dropped);
        return false;
    }

    /// <summary>Returns null for an unknown id.</summary>
    /// <exception cref="PostgresStoreException">The server is unreachable or refuses.</exception>
    public async Task<JournalEntry?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await ReadAsync(() => table.FindAsync(id, cancellationToken))).FirstOrDefault();

    /// <summary>Returns the newest entries, newest first.</summary>
    /// <exception cref="PostgresStoreException">The server is unreachable or refuses.</exception>
    public async Task<IReadOnlyList<JournalEntry>> ListAsync(
        string? kind, string? portfolio, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return await ReadAsync(() => table.ListAsync(kind, portfolio, limit, cancellationToken));
    }

    /// <summary>Returns when all earlier entries are committed; waits while the server is unreachable.</summary>
    /// <exception cref="PostgresStoreException">Entries accepted since the last flush were lost.</exception>
    /// <exception cref="ChannelClosedException">The journal is being closed.</exception>
    public async Task FlushAsync()
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await queue.Writer.WriteAsync(new JournalWork(null, flushed));
        await flushed.Task;
    }

    /// <summary>
    /// Accepts no more entries and writes the waiting ones for at most 3 s; the rest is lost, counted and logged.
    /// </summary>
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
