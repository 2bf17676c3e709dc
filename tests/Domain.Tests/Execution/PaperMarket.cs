using BtcAgent.Domain.Execution;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Tests.Orders;

namespace BtcAgent.Domain.Tests.Execution;

/// <summary>
/// A small recorded market: events written by price and quantity, and a paper execution that receives them.
/// </summary>
internal sealed class PaperMarket
{
    private long _updateId = 100;

    public PaperMarket(PaperOptions? options = null, PaperExecutionState? restored = null,
        Domain.Instruments.TradingRules? rules = null)
    {
        Execution = new PaperExecution("paper", rules ?? OrderFixture.Rules, options ?? Free(), restored);
    }

    public PaperExecution Execution { get; }

    /// <summary>50 ms latency, no jitter, no fees.</summary>
    public static PaperOptions Free() => new() { MakerFeeBps = 0, TakerFeeBps = 0 };

    public PaperMarket Snapshot(string bids, string asks)
    {
        var (levels, bidCount, askCount) = Levels(bids, asks);
        return Event(
            new MarketEvent
            {
                Kind = MarketEventKind.BookSnapshot,
                LastId = ++_updateId,
                BidCount = bidCount,
                AskCount = askCount,
            },
            levels);
    }

    public PaperMarket Delta(double atMs, string bids = "", string asks = "")
    {
        var (levels, bidCount, askCount) = Levels(bids, asks);
        _updateId++;
        return Event(
            new MarketEvent
            {
                Kind = MarketEventKind.BookDelta,
                EventTime = OrderFixture.At(atMs),
                FirstId = _updateId,
                LastId = _updateId,
                BidCount = bidCount,
                AskCount = askCount,
            },
            levels);
    }

    public PaperMarket Gap(double atMs)
    {
        _updateId += 5;
        return Delta(atMs, "1x1");
    }

    public PaperMarket Trade(double atMs, Side aggressor, string price, string quantity) => Event(
        new MarketEvent
        {
            Kind = MarketEventKind.Trade,
            EventTime = OrderFixture.At(atMs),
            Price = Price.Parse(price),
            Quantity = Quantity.Parse(quantity),
            Aggressor = aggressor,
        },
        []);

    public PaperMarket Submit(OrderIntent intent)
    {
        Execution.Submit(intent);
        return this;
    }

    public Order Order(string id = "a") => Execution.RecentOrders.Single(order => order.Intent.ClientOrderId == id);

    /// <summary>Untaken fills as <c>quantity@price</c>, with <c>m</c> after a maker's.</summary>
    public string Fills() => string.Join(
        ' ', Execution.TakeFills().Select(fill => $"{fill.Quantity}@{fill.Price}{(fill.IsMaker ? "m" : "")}"));

    private static (PriceLevel[] Levels, int BidCount, int AskCount) Levels(string bids, string asks)
    {
        var (bidLevels, askLevels) = (Side(bids), Side(asks));
        return ([.. bidLevels, .. askLevels], bidLevels.Length, askLevels.Length);

        static PriceLevel[] Side(string text) =>
        [
            .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(level => level.Split('x'))
                .Select(parts => new PriceLevel(Price.Parse(parts[0]), Quantity.Parse(parts[1]))),
        ];
    }

    private PaperMarket Event(in MarketEvent marketEvent, PriceLevel[] levels)
    {
        Execution.OnMarket(marketEvent, levels);
        return this;
    }
}
