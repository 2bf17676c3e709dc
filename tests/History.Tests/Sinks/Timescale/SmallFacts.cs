using BtcAgent.Contracts.Wire;
using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;

namespace BtcAgent.History.Tests.Sinks.Timescale;

/// <summary>Few facts with numbers that are easy to add up.</summary>
internal static class SmallFacts
{
    /// <summary>2024-08-08 12:00 UTC.</summary>
    public static readonly Timestamp Noon = new(1_723_118_400_000_000_000);

    public static LogPartition Market { get; } = new("local-1", FactTopic.MarketData, 0);

    public static LogPartition Executions { get; } = new("local-1", FactTopic.Executions, 0);

    public static InstrumentId Instrument { get; } = InstrumentId.Parse("BINANCE:BTCUSDT");

    /// <summary>Buys 2 BTC in two fills and sells them.</summary>
    public static FactRecord[] Fills() =>
    [
        Fill(0, "a-0", Noon, Side.Buy, 100, 1, 0.1m), Fill(1, "a-0", Noon + TimeSpan.FromSeconds(1), Side.Buy, 102, 1, 0.1m),
        Fill(2, "b-0", Noon + TimeSpan.FromMinutes(1), Side.Sell, 110, 2, 0.25m),
    ];

    public static FactRecord Fill(
        long offset, string order, Timestamp at, Side side, decimal price, decimal quantity, decimal fee, string feeAsset = "USDT") =>
        Of(offset, new FillFact(new Fill
        {
            TradeId = $"t{offset}",
            ClientOrderId = order,
            Portfolio = "main",
            Instrument = Instrument,
            Side = side,
            Price = Price.FromDecimal(price),
            Quantity = Quantity.FromDecimal(quantity),
            Fee = fee,
            FeeAsset = feeAsset,
            IsMaker = false,
            EventTime = at,
        }));

    /// <summary>One trade a second from noon, 1 BTC each, at 100, 101, …</summary>
    public static FactRecord[] Trades(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Trade(i, Noon + TimeSpan.FromSeconds(i), 100 + i, 1, Side.Buy))];

    public static FactRecord Trade(long offset, Timestamp at, decimal price, decimal quantity, Side aggressor) => Market1(offset, new MarketEvent
    {
        Kind = MarketEventKind.Trade,
        Sequence = offset + 1,
        EventTime = at,
        ReceiveTime = at + TimeSpan.FromMilliseconds(3),
        FirstId = 1000 + offset,
        LastId = 1000 + offset,
        Price = Price.FromDecimal(price),
        Quantity = Quantity.FromDecimal(quantity),
        Aggressor = aggressor,
    });

    public static FactRecord Quote(long offset, Timestamp at, decimal bid, decimal ask) => Market1(offset, new MarketEvent
    {
        Kind = MarketEventKind.Quote,
        Sequence = offset + 1,
        ReceiveTime = at,
        LastId = 1000 + offset,
        Price = Price.FromDecimal(bid),
        Quantity = Quantity.FromDecimal(2),
        AskPrice = Price.FromDecimal(ask),
        AskQuantity = Quantity.FromDecimal(3),
    });

    public static FactRecord Event(long offset, string reason) => Of(offset, new AgentEventFact(
        AgentEventKind.Breaker, "main", "drawdown", null, "open", "risk", reason, Noon));

    public static FactRecord Of(long offset, Fact fact)
    {
        var message = FactMessages.Of(fact);
        return new FactRecord(offset, Noon, message.Key, FactMessages.Read(message.Topic, message.Payload));
    }

    private static FactRecord Market1(long offset, MarketEvent one) =>
        Of(offset, new MarketFact(new MarketDataBatch(Instrument, 1, [one], [], Noon)));
}
