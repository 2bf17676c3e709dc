using BtcAgent.Contracts.Wire;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Datasets;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;

namespace BtcAgent.History.Live;

/// <summary>Makes the rows of facts. Not thread-safe.</summary>
internal sealed class FactEncoder(IEnumerable<Dataset> datasets) : IDisposable
{
    private const int BatchMax = 500;

    private readonly ILookup<FactTopic, (Dataset Dataset, JsonRowWriter Writer)> _writers =
        datasets.ToLookup(dataset => dataset.Topic, dataset => (dataset, new JsonRowWriter(dataset)));

    /// <summary>Reads on from a cursor; facts that are repeated or cannot be read have no rows.</summary>
    /// <returns>Empty at the end of the log.</returns>
    public async Task<IReadOnlyList<LiveFact>> ReadAsync(IFactLog log, SinkCursor cursor, CancellationToken cancellationToken)
    {
        var entries = await log.ReadAsync(cursor.Partition, cursor.Next, BatchMax, cancellationToken);
        var facts = new List<LiveFact>(entries.Count);
        foreach (var entry in entries)
        {
            facts.Add(new LiveFact(cursor.Partition, entry.Offset + 1, Encode(cursor, entry)));
            cursor.Next = entry.Offset + 1;
        }

        return facts;
    }

    /// <summary>Reads on, and makes the row of the last quote of each instrument: quotes are a state, so that earlier ones do not count.</summary>
    public async Task<IReadOnlyList<LiveRow>> ReadLastQuotesAsync(IFactLog log, SinkCursor cursor, CancellationToken cancellationToken)
    {
        var last = new Dictionary<string, FactRecord>(StringComparer.Ordinal);
        foreach (var entry in await log.ReadAsync(cursor.Partition, cursor.Next, BatchMax, cancellationToken))
        {
            cursor.Next = entry.Offset + 1;
            if (Read(cursor, entry) is MarketDataBatch batch && batch.Events.LastOrDefault(one => one.Kind == MarketEventKind.Quote) is { } quote)
            {
                var alone = new MarketDataBatch { Instrument = batch.Instrument, FeedEpoch = batch.FeedEpoch, Line = batch.Line };
                alone.Events.Add(quote);
                last[batch.Instrument] = new FactRecord(entry.Offset, entry.Time, entry.Key, alone);
            }
        }

        return [.. last.Values.SelectMany(fact => Encode(FactTopic.MarketData, fact)).Select(row => row.Row)];
    }

    /// <summary>Opens a cursor that knows which facts are repeats.</summary>
    public static async Task<SinkCursor> OpenAsync(IFactLog log, LogPartition partition, long next, CancellationToken cancellationToken)
    {
        var cursor = new SinkCursor(partition, next, log.MarketDataMayRepeat);
        if (log.MarketDataMayRepeat && partition.Topic != FactTopic.MarketData)
        {
            var (first, _) = await log.BoundsAsync(partition, cancellationToken);
            await cursor.RememberAsync(log, first, BatchMax, entry => Read(cursor, entry), cancellationToken);
        }

        return cursor;
    }

    public IReadOnlyList<(string Topic, LiveRow Row)> Encode(FactTopic topic, FactRecord fact)
    {
        var rows = new List<(string, LiveRow)>();
        foreach (var (dataset, writer) in _writers[topic])
        {
            writer.Enter(in fact);
            dataset.Write(fact.Message, writer);
            rows.AddRange(writer.Take().Select(row => (dataset.Name, row)));
        }

        return rows;
    }

    public void Dispose()
    {
        foreach (var (_, writer) in _writers.SelectMany(group => group))
        {
            writer.Dispose();
        }
    }

    private IReadOnlyList<(string Topic, LiveRow Row)> Encode(SinkCursor cursor, LogEntry entry) =>
        Read(cursor, entry) is { } message ? Encode(cursor.Partition.Topic, new FactRecord(entry.Offset, entry.Time, entry.Key, message)) : [];

    /// <summary>A fact that cannot be read has no rows; the sinks report it.</summary>
    private static Google.Protobuf.IMessage? Read(SinkCursor cursor, LogEntry entry)
    {
        try
        {
            return cursor.Pass(FactMessages.Read(cursor.Partition.Topic, entry.Payload.Span), entry.Offset);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
