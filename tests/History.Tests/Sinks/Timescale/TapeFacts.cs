using System.Collections.Immutable;
using BtcAgent.Contracts.Wire;
using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using BtcAgent.Testing;

namespace BtcAgent.History.Tests.Sinks.Timescale;

/// <summary>The recorded tapes as facts of a log, one batch of events a fact.</summary>
internal static class TapeFacts
{
    public const int EventsPerFact = 100;

    public static LogPartition Partition { get; } = new("local-tape", FactTopic.MarketData, 0);

    public static InstrumentId Instrument { get; } = InstrumentId.Parse("BINANCE:BTCUSDT");

    /// <summary>Both days: 19,904 trades and 73,174 quotes.</summary>
    public static DecodedTape Load() => DecodedTape.Load(
        Instrument,
        [
            RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz"),
            RecordedData.Require("ws-spot-2024/spot_btcusdt_20240809.gz"),
        ]);

    public static IEnumerable<MarketEvent> Trades(this DecodedTape tape) => tape.Events.Where(one => one.Kind == MarketEventKind.Trade);

    public static List<FactRecord> Facts(this DecodedTape tape) =>
    [
        .. tape.Events.Chunk(EventsPerFact).Select((events, place) => Record(place, FactMessages.Of(new MarketFact(Batch(tape, events))))),
    ];

    /// <summary>Batches of consecutive facts, as the runner makes them.</summary>
    public static IEnumerable<FactBatch> Batches(this IReadOnlyList<FactRecord> facts, LogPartition partition, int size) =>
        facts.Chunk(size).Select(part => new FactBatch(partition, part[0].Offset, part[^1].Offset + 1, part));

    public static FactRecord Record(long offset, FactMessage message) => new(
        offset, new Timestamp(1_723_100_000_000_000_000), message.Key, FactMessages.Read(message.Topic, message.Payload));

    private static MarketDataBatch Batch(DecodedTape tape, MarketEvent[] events)
    {
        var levels = ImmutableArray.CreateBuilder<PriceLevel>();
        var moved = ImmutableArray.CreateBuilder<MarketEvent>(events.Length);
        foreach (var one in events)
        {
            moved.Add(one with { LevelsStart = levels.Count });
            levels.AddRange(tape.LevelsOf(one));
        }

        return new MarketDataBatch(Instrument, 1, moved.MoveToImmutable(), levels.ToImmutable(), events[0].ReceiveTime);
    }
}
