using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain;
using BtcAgent.History.Sinks;

namespace BtcAgent.History.Tests;

/// <summary>Trades and quotes of two days, ten events a second in each fact, offsets from 0.</summary>
internal static class SyntheticMarket
{
    public const int TradesPerFact = 5;

    private const long Second = 1_000_000_000;

    /// <summary>30 s before midnight, so that every longer run has two days.</summary>
    private const long Start = (1_795_910_400 - 30) * Second;

    public static List<FactRecord> Facts(int count) => [.. Enumerable.Range(0, count).Select(Fact)];

    private static FactRecord Fact(int offset)
    {
        var batch = new MarketDataBatch { Instrument = RecordedMarket.Instrument.Key, FeedEpoch = 1, IngestedAt = Start + (offset * Second) };
        for (var i = 0; i < 2 * TradesPerFact; i++)
        {
            var id = (offset * 2 * TradesPerFact) + i;
            batch.Events.Add(new MarketEvent
            {
                Kind = i % 2 == 0 ? MarketEventKind.Trade : MarketEventKind.Quote,
                Sequence = id + 1,
                EventTime = i % 2 == 0 ? batch.IngestedAt + (i * 1_000_001) : 0,
                ReceiveTime = batch.IngestedAt + (i * 1_000_001) + 500,
                FirstId = id,
                LastId = id,
                Price = 6_000_000_000_000 + (id * 37 % 1_000 * 1_000_000),
                Quantity = 100_000 + (id * 7_919 % 100_003),
                AskPrice = 6_001_000_000_000,
                AskQuantity = 100_000,
                Aggressor = id % 4 == 0 ? Contracts.Wire.V1.Side.Buy : Contracts.Wire.V1.Side.Sell,
            });
        }

        return new FactRecord(offset, new Timestamp(batch.IngestedAt), batch.Instrument, batch);
    }
}
