using System.Collections.Immutable;
using BtcAgent.Domain.MarketData;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;

namespace BtcAgent.History.Tests.Sinks.Redis;

/// <summary>A recorded day as the facts of a log's first partition.</summary>
internal sealed class TapeFacts
{
    private static readonly Lazy<TapeFacts> One = new(() => new TapeFacts());

    private TapeFacts()
    {
        var tape = RecordedMarket.Tape();
        Facts = tape.Facts();
        Trades = [.. tape.Trades()];
    }

    public static TapeFacts Both => One.Value;

    public List<FactRecord> Facts { get; }

    public ImmutableArray<MarketEvent> Trades { get; }

    public long QuantityUnits => Trades.Sum(one => one.Quantity.Units);

    /// <summary>Some facts of the tape as one batch of the given log.</summary>
    public FactBatch Batch(LogPartition partition, int start, int count) =>
        new(partition, start, Math.Min(start + count, Facts.Count), Facts.Skip(start).Take(count).ToList());
}
