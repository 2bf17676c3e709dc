using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Tests.Orders;

internal static class OrderFixture
{
    public static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");
    public static readonly Timestamp Start = Timestamp.FromDateTimeOffset(new(2024, 8, 8, 12, 0, 0, TimeSpan.Zero));

    public static TradingRules Rules { get; } = new()
    {
        Instrument = Btc,
        BaseAsset = "BTC",
        QuoteAsset = "USDT",
        TickSize = Price.Parse("0.01"),
        LotSize = Quantity.Parse("0.00001"),
        MinQuantity = Quantity.Parse("0.00001"),
        MaxQuantity = Quantity.Parse("9000"),
        MinNotional = 5,
        PercentPriceUp = 5,
        PercentPriceDown = 0.2m,
    };

    public static Timestamp At(double ms) => Start + TimeSpan.FromMilliseconds(ms);

    public static OrderIntent Intent(
        string id = "a", Side side = Side.Buy, string quantity = "1", string? limit = null,
        TimeInForce timeInForce = TimeInForce.GoodTillCanceled, OrderType? type = null, double atMs = 0) => new()
        {
            ClientOrderId = id,
            Decision = DecisionId.From("paper", "s", Btc, Start),
            Portfolio = "paper",
            Instrument = Btc,
            Side = side,
            Type = type ?? (limit is null ? OrderType.Market : OrderType.Limit),
            TimeInForce = timeInForce,
            Quantity = Quantity.Parse(quantity),
            LimitPrice = limit is null ? null : Price.Parse(limit),
            EventTime = At(atMs),
            ReferencePrice = 100,
            ReducesRisk = false,
        };

    public static Fill FillOf(
        string tradeId, string quantity, string price = "100", Side side = Side.Buy, decimal fee = 0,
        string feeAsset = "USDT", double atMs = 0, string order = "a") => new()
        {
            TradeId = tradeId,
            ClientOrderId = order,
            Portfolio = "paper",
            Instrument = Btc,
            Side = side,
            Price = Price.Parse(price),
            Quantity = Quantity.Parse(quantity),
            Fee = fee,
            FeeAsset = feeAsset,
            IsMaker = false,
            EventTime = At(atMs),
        };
}
