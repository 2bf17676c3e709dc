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

/// <summary>The recorded tapes, 19,904 trades and 73,174 quotes, as facts of one partition of <c>market_data</c>.</summary>
internal static class RecordedMarket
{
    public const int EventsPerFact = 100;

    public static InstrumentId Instrument { get; } = InstrumentId.Parse("BINANCE:BTCUSDT");

    public static LogPartition Partition { get; } = new("local-test", FactTopic.MarketData, 0);

    public static DecodedTape Tape() => DecodedTape.Load(
        Instrument,
        [RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz"), RecordedData.Require("ws-spot-2024/spot_btcusdt_20240809.gz")]);

    public static IEnumerable<MarketEvent> Trades(this DecodedTape tape) => tape.Events.Where(one => one.Kind == MarketEventKind.Trade);

    /// <summary>Batches of consecutive facts, as the runner makes them.</summary>
    public static IEnumerable<FactBatch> Batches(this IReadOnlyList<FactRecord> facts, LogPartition partition, int size) =>
        facts.Chunk(size).Select(part => new FactBatch(partition, part[0].Offset, part[^1].Offset + 1, part));

    /// <summary>Facts of consecutive events; the offset of the first is 0.</summary>
    public static List<FactRecord> Facts(this DecodedTape tape)
    {
        var facts = new List<FactRecord>();
        foreach (var events in tape.Events.Chunk(EventsPerFact))
        {
            var levels = ImmutableArray.CreateBuilder<PriceLevel>();
            var moved = ImmutableArray.CreateBuilder<MarketEvent>(events.Length);
            foreach (var marketEvent in events)
            {
                moved.Add(marketEvent with { LevelsStart = levels.Count });
                levels.AddRange(tape.LevelsOf(in marketEvent));
            }

            facts.Add(Record(facts.Count, new MarketFact(new MarketDataBatch(Instrument, 1, moved.MoveToImmutable(), levels.DrainToImmutable(), events[0].ReceiveTime))));
        }

        return facts;
    }

    /// <summary>A fact as a sink receives it.</summary>
    public static FactRecord Record(long offset, Fact fact)
    {
        var message = FactMessages.Of(fact);
        return new FactRecord(offset, fact.Time, message.Key, FactMessages.Read(message.Topic, message.Payload.AsSpan()));
    }
}
