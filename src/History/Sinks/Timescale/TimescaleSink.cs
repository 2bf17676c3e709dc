using System.Net.Sockets;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks.Timescale.Rows;
using BtcAgent.Storage.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BtcAgent.History.Sinks.Timescale;

/// <summary>
/// Stores facts in TimescaleDB, or in partitions of a plain PostgreSQL. A batch and the offset after it are one transaction, so
/// every fact is stored once, whatever is killed when.
/// </summary>
public sealed partial class TimescaleSink(
    TimescaleOptions options, PostgresMigrator migrator, TimeProvider time, ILogger<TimescaleSink> logger) : IFactSink
{
    private static readonly TimeSpan CareEvery = TimeSpan.FromMinutes(1);

    /// <summary>Trades seldom come later than this; those that do make their minute be computed again.</summary>
    private static readonly TimeSpan BarsCloseAfter = TimeSpan.FromMinutes(10);

    private readonly SinkLedger _ledger = new(options.SinkName);
    private readonly InstrumentTable _instruments = new();
    private readonly NativePartitions _partitions = new(options);
    private NpgsqlDataSource? _source;
    private SinkLock? _lock;
    private TimescaleKind? _announced;
    private TimescaleKind _kind;
    private long _epoch;
    private DateTimeOffset _careAt;

    public string Name => "timescaledb";

    public IReadOnlyCollection<FactTopic> Topics => FactTopics.All;

    /// <summary>Facts left out since the start, because PostgreSQL cannot store them.</summary>
    public long FactsRefused { get; private set; }

    public Task OpenAsync(CancellationToken cancellationToken) => ExplainAsync(async () =>
    {
        await CloseAsync();
        var choice = await TimescaleSchema.PrepareAsync(options, migrator, cancellationToken);
        _kind = choice.Kind;
        Announce(choice);
        var parts = PostgresConnection.Parse(options.ConnectionString);
        parts.ApplicationName = $"btcagent-{Name}";
        _lock = await SinkLock.TakeAsync(parts, options.SinkName, cancellationToken);
        var source = NpgsqlDataSource.Create(parts);
        _source = source;
        _partitions.Forget();
        _instruments.Forget();
        _careAt = DateTimeOffset.MinValue;
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        _epoch = await _ledger.TakeAsync(connection, $"{Environment.MachineName}:{Environment.ProcessId}", cancellationToken);
        return true;
    });

    public Task<long?> CheckpointAsync(LogPartition partition, CancellationToken cancellationToken) => ExplainAsync(async () =>
    {
        await using var connection = await Source.OpenConnectionAsync(cancellationToken);
        return await _ledger.NextAsync(connection, partition, forUpdate: false, cancellationToken);
    });

    public Task WriteAsync(FactBatch batch, CancellationToken cancellationToken) => ExplainAsync(async () =>
    {
        ArgumentNullException.ThrowIfNull(batch);
        var facts = Storable(batch);
        await using var connection = await Source.OpenConnectionAsync(cancellationToken);
        await LearnInstrumentsAsync(connection, batch.Partition.Topic, facts, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await _ledger.OwnerAsync(connection, cancellationToken) is var owner && owner != _epoch)
        {
            throw Fenced(owner);
        }

        var stored = await _ledger.NextAsync(connection, batch.Partition, forUpdate: true, cancellationToken);
        if (stored >= batch.Next)
        {
            return true;
        }

        facts = stored is { } next ? [.. facts.Where(fact => fact.Offset >= next)] : facts;
        await StoreAsync(connection, batch.Partition.Topic, facts, cancellationToken);
        if (!await _ledger.MoveAsync(connection, batch.Partition, stored, batch.Next, _epoch, cancellationToken))
        {
            throw Fenced(await _ledger.OwnerAsync(connection, cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    });

    /// <summary>Every batch is durable when it is taken; once a minute this looks after the partitions of a plain PostgreSQL.</summary>
    public Task FlushAsync(bool everything, CancellationToken cancellationToken) => ExplainAsync(async () =>
    {
        var now = time.GetUtcNow();
        if (_kind == TimescaleKind.Partitions && now >= _careAt)
        {
            _careAt = now + CareEvery;
            await CareAsync(now, cancellationToken);
        }

        return true;
    });

    public async ValueTask DisposeAsync() => await CloseAsync();

    private NpgsqlDataSource Source => _source ?? throw new SinkException("the sink timescaledb is not open");

    private async Task StoreAsync(
        NpgsqlConnection connection, FactTopic topic, IReadOnlyList<FactRecord> facts, CancellationToken cancellationToken)
    {
        if (facts.Count == 0)
        {
            return;
        }

        foreach (var rows in FactTables.Of(topic))
        {
            var span = new TimeSpanOfRows();
            if (_kind == TimescaleKind.Partitions)
            {
                span.Visit(rows, facts);
                await _partitions.CreateAsync(connection, rows.Table, span.Days, cancellationToken);
            }

            await CopyAsync(connection, rows, facts, cancellationToken);
            if (span.Days.Count > 0 && topic == FactTopic.MarketData)
            {
                await RepeatBarsAsync(connection, span, cancellationToken);
            }
        }
    }

    private async Task CopyAsync(
        NpgsqlConnection connection, TableRows rows, IReadOnlyList<FactRecord> facts, CancellationToken cancellationToken)
    {
        await using var importer = await connection.BeginBinaryImportAsync(rows.CopyStatement, cancellationToken);
        var writer = new RowWriter(importer, _instruments.Ids, cancellationToken);
        foreach (var fact in facts)
        {
            await rows.WriteAsync(writer, fact);
        }

        await importer.CompleteAsync(cancellationToken);
    }

    /// <summary>Computes minutes again that were closed before the batch's trades came.</summary>
    private static async Task RepeatBarsAsync(NpgsqlConnection connection, TimeSpanOfRows span, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT trading.repeat_bars($1, $2)", connection);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = DateTime.UnixEpoch.AddTicks(span.EarliestNs / 100) });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = DateTime.UnixEpoch.AddTicks(span.LatestNs / 100) });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task CareAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await Source.OpenConnectionAsync(cancellationToken);
        await _partitions.CreateAheadAsync(connection, now, cancellationToken);
        await using var close = new NpgsqlCommand("SELECT trading.close_bars($1)", connection);
        close.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = (now - BarsCloseAfter).UtcDateTime });
        await close.ExecuteNonQueryAsync(cancellationToken);
        if (await _partitions.DropOldAsync(connection, now, cancellationToken) is { Count: > 0 } removed)
        {
            LogRemoved(logger, string.Join(", ", removed));
        }
    }

    private async Task LearnInstrumentsAsync(
        NpgsqlConnection connection, FactTopic topic, IReadOnlyList<FactRecord> facts, CancellationToken cancellationToken)
    {
        var keys = new HashSet<string>();
        foreach (var rows in FactTables.Of(topic))
        {
            foreach (var fact in facts)
            {
                rows.AddInstruments(fact, keys);
            }
        }

        await _instruments.LearnAsync(connection, keys, cancellationToken);
    }

    /// <summary>The facts that PostgreSQL can store. A topic may contain anything; one bad fact must not stop those behind it.</summary>
    private IReadOnlyList<FactRecord> Storable(FactBatch batch)
    {
        var tables = FactTables.Of(batch.Partition.Topic);
        var good = new List<FactRecord>(batch.Facts.Count);
        (long Offset, string Reason)? first = null;
        foreach (var fact in batch.Facts)
        {
            try
            {
                foreach (var rows in tables)
                {
                    rows.Check(fact);
                }

                good.Add(fact);
            }
            catch (FormatException e)
            {
                first ??= (fact.Offset, e.Message);
            }
        }

        if (first is { } refused)
        {
            FactsRefused += batch.Facts.Count - good.Count;
            LogRefused(logger, batch.Facts.Count - good.Count, batch.Partition.ToString(), refused.Offset, refused.Reason);
        }

        return good;
    }

    private void Announce(TimescaleChoice choice)
    {
        if (_announced == choice.Kind)
        {
            return;
        }

        _announced = choice.Kind;
        var parts = PostgresConnection.Parse(options.ConnectionString);
        if (choice.Why is { } why)
        {
            LogPartitions(logger, $"{parts.Host}:{parts.Port}", why);
        }
        else
        {
            LogHypertables(logger, $"{parts.Host}:{parts.Port}");
        }
    }

    private SinkException Fenced(long owner) => new(
        $"sink '{options.SinkName}' has been taken over (epoch {owner}, this process has {_epoch}): let one agent write, or give each its "
        + $"own {TimescaleOptions.Section}:SinkName");

    private async Task<T> ExplainAsync<T>(Func<Task<T>> act)
    {
        var isDone = false;
        try
        {
            var result = await act();
            isDone = true;
            return result;
        }
        catch (PostgresStoreException e)
        {
            throw Explained(e);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or SocketException)
        {
            throw Explained(PostgresConnection.Explain(e, options.ConnectionString, TimescaleMigrations.Schema));
        }
        finally
        {
            if (!isDone)
            {
                // What the rolled-back transaction created does not exist.
                _partitions.Forget();
            }
        }
    }

    private static SinkException Explained(PostgresStoreException e)
    {
        var isFinal = e.InnerException is null or PostgresException { SqlState: ['2', '8', ..] or "3D000" or "42501" };
        return new SinkException($"timescaledb: {e.Message}", e) { IsFinal = isFinal };
    }

    private async Task CloseAsync()
    {
        if (_lock is { } held)
        {
            _lock = null;
            await held.DisposeAsync();
        }

        if (_source is { } source)
        {
            _source = null;
            await source.DisposeAsync();
        }
    }
}
