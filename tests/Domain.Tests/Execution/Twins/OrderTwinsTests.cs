using System.Text.Json;
using BtcAgent.Domain.Execution.Twins;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Tests.Orders;

namespace BtcAgent.Domain.Tests.Execution.Twins;

public sealed class OrderTwinsTests
{
    private static readonly TwinOptions Options = new() { MinOrders = 1, TwinGraceMs = 500 };
    private long _updateId = 100;
    private OrderTwins _twins = New(null);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OnLive_BothFill_AreCompared(bool restarts)
    {
        Book(MarketEventKind.BookSnapshot, 0);
        var live = new Order { Intent = OrderFixture.Intent(), Status = OrderStatus.Submitted };
        _twins.OnLive(live, []);
        Restart(restarts);
        Book(MarketEventKind.BookDelta, 100);
        Book(MarketEventKind.BookDelta, 200); // after a restart the latency counts from the first event
        Assert.Empty(_twins.TakeCompared());
        Restart(restarts);

        var fill = OrderFixture.FillOf("l", "1", "101.1", atMs: 300);
        _twins.OnLive(Filled(live, fill), [fill]);

        // The twin took the ask of 101; the live order paid 0.1 more, relative to a reference of 100.
        var sample = Assert.Single(_twins.TakeCompared());
        Assert.Equal(10, sample.SlippageBps!.Value, 9);
        Assert.True(sample.DelayMs > 0);
        Assert.Equal(0, sample.FillRatioShortfall);
        Assert.Empty(_twins.ToState().Pairs);

        Restart(restarts);
        _twins.OnLive(Filled(live, fill), [fill]);
        Assert.Empty(_twins.TakeCompared());
    }

    [Fact]
    public void OnMarket_TwinStillOpenAfterTheGrace_IsCancelledAndCompared()
    {
        Book(MarketEventKind.BookSnapshot, 0);
        var live = new Order { Intent = OrderFixture.Intent(limit: "100"), Status = OrderStatus.Submitted };
        var fill = OrderFixture.FillOf("l", "1", "100", atMs: 100);
        _twins.OnLive(live, []);
        _twins.OnLive(Filled(live, fill), [fill]);

        Book(MarketEventKind.BookDelta, 500);
        Assert.Empty(_twins.TakeCompared());
        Book(MarketEventKind.BookDelta, 600);
        Book(MarketEventKind.BookDelta, 700);

        var sample = Assert.Single(_twins.TakeCompared());
        Assert.Null(sample.SlippageBps);
        Assert.Equal(-1, sample.FillRatioShortfall);
    }

    private static Order Filled(Order order, Fill fill) => order with
    {
        Status = OrderStatus.Filled,
        FilledQuantity = fill.Quantity,
        FilledNotional = fill.Notional,
        FillCount = 1,
        UpdatedAt = fill.EventTime,
    };

    private static OrderTwins New(TwinsState? state) =>
        new("paper", OrderFixture.Rules, PaperMarket.Free(), Options, state);

    private void Restart(bool restarts)
    {
        if (restarts)
        {
            var json = JsonSerializer.Serialize(_twins.ToState());
            _twins = New(JsonSerializer.Deserialize<TwinsState>(json));
            Book(MarketEventKind.BookSnapshot, 0);
        }
    }

    private void Book(MarketEventKind kind, double atMs)
    {
        _updateId++;
        _twins.OnMarket(
            new MarketEvent
            {
                Kind = kind,
                EventTime = kind == MarketEventKind.BookSnapshot ? Timestamp.Unknown : OrderFixture.At(atMs),
                FirstId = _updateId,
                LastId = _updateId,
                BidCount = 1,
                AskCount = 1,
            },
            [
                new PriceLevel(Price.Parse("100"), Quantity.Parse("5")),
                new PriceLevel(Price.Parse("101"), Quantity.Parse("5")),
            ]);
    }
}
