using System.Collections.Immutable;
using BtcAgent.Contracts.Wire;
using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using BtcAgent.Testing;

namespace BtcAgent.History.Tests;

/// <summary>A recorded day as the facts of a log's first partition.</summary>
internal sealed class TapeFacts
{
    public static readonly InstrumentId Instrument = InstrumentId.Parse("BINANCE:BTCUSDT");

    private const int EventsPerBatch = 200;

    private static readonly Lazy<TapeFacts> One = new(() => new TapeFacts());

    private TapeFacts()
    {
        var tape = DecodedTape.Load(
            Instrument, [RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz"), RecordedData.Require("ws-spot-2024/spot_btcusdt_20240809.gz")]);
        foreach (var chunk in tape.Events.Chunk(EventsPerBatch))
        {
            var start = chunk[0].LevelsStart;
            var levels = tape.Levels[start..(chunk[^1].LevelsStart + chunk[^1].LevelCount)];
            var batch = new MarketDataBatch(
                Instrument, 1, [.. chunk.Select(one => one with { LevelsStart = one.LevelsStart - start })], [.. levels], chunk[0].ReceiveTime);
            Facts.Add(Record(Facts.Count, new MarketFact(batch)));
        }

        Trades = [.. tape.Events.Where(one => one.Kind == MarketEventKind.Trade)];
    }

    public static TapeFacts Both => One.Value;

    public List<FactRecord> Facts { get; } = [];

    public ImmutableArray<MarketEvent> Trades { get; }

    public long QuantityUnits => Trades.Sum(one => one.Quantity.Units);

    /// <summary>A fact as it is read from a log.</summary>
    public static FactRecord Record(long offset, Fact fact) =>
        new(offset, fact.Time, fact.Key, FactMessages.Read(fact.Topic, FactMessages.Of(fact).Payload));

    /// <summary>Some facts of the tape as one batch of the given log.</summary>
    public FactBatch Batch(LogPartition partition, int start, int count) =>
        new(partition, start, Math.Min(start + count, Facts.Count), Facts.Skip(start).Take(count).ToList());
}
