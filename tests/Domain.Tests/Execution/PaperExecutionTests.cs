using System.Text.Json;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Orders;
using BtcAgent.Testing;
using CsCheck;
using static BtcAgent.Domain.Tests.Orders.OrderFixture;

namespace BtcAgent.Domain.Tests.Execution;

public sealed class PaperExecutionTests
{
    [Fact]
    public void Submit_KnownClientOrderId_SendsNothing()
    {
        var market = Open();
        Assert.True(market.Execution.Submit(Intent()).IsNew);
        market.Delta(50);
        var again = market.Execution.Submit(Intent());
        Assert.False(again.IsNew);
        Assert.Equal(OrderStatus.Filled, again.Order.Status);
        market.Delta(200);
        Assert.Equal("1@101", market.Fills());
    }

    [Fact]
    public void Submit_OfAnotherPortfolioOrInstrument_IsDenied()
    {
        var execution = Open().Execution;
        Assert.Equal(OrderStatus.Denied, execution.Submit(Intent("a") with { Portfolio = "other" }).Order.Status);
        var ether = Intent("b") with { Instrument = InstrumentId.Parse("BINANCE:ETHUSDT") };
        Assert.StartsWith("WRONG_BOOK", execution.Submit(ether).Order.Reason, StringComparison.Ordinal);
        Assert.Empty(execution.OpenOrders);
        Assert.Equal(2, execution.TakeChangedOrders().Count);
    }

    [Fact]
    public void Submit_OneOrderTooMany_IsDenied()
    {
        var execution = Open().Execution;
        for (var i = 0; i < PaperExecution.OpenOrdersMax; i++)
        {
            Assert.Equal(OrderStatus.Submitted, execution.Submit(Intent($"{i}")).Order.Status);
        }

        Assert.StartsWith("TOO_MANY_ORDERS", execution.Submit(Intent("more")).Order.Reason, StringComparison.Ordinal);
        Assert.Equal(PaperExecution.OpenOrdersMax, execution.OpenOrders.Count);
    }

    [Fact]
    public void RecentOrders_AtLimit_ForgetsTheOldestEnded()
    {
        var market = Open().Submit(Intent("first", limit: "90"));
        for (var i = 1; i < PaperExecution.RecentOrdersMax + 5; i++)
        {
            market.Submit(Intent($"{i}", quantity: "0.000015", atMs: i * 100)).Delta((i * 100) + 50);
        }

        var recent = market.Execution.RecentOrders;
        Assert.Equal(PaperExecution.RecentOrdersMax, recent.Count);
        Assert.Equal($"{PaperExecution.RecentOrdersMax + 4}", recent[0].Intent.ClientOrderId);
        Assert.Equal("first", recent[^1].Intent.ClientOrderId);
        Assert.Equal("6", recent[^2].Intent.ClientOrderId);
        Assert.Equal("first", Assert.Single(market.Execution.OpenOrders).Intent.ClientOrderId);
    }

    [Fact]
    public void TakeChangedOrders_AfterSeveralChanges_GivesEachOnceAsItStands()
    {
        var market = Open();
        Assert.False(market.Execution.HasChanges);
        market.Submit(Intent()).Delta(50);
        Assert.True(market.Execution.HasChanges);
        Assert.Equal(OrderStatus.Filled, Assert.Single(market.Execution.TakeChangedOrders()).Status);
        Assert.Single(market.Execution.TakeFills());
        Assert.False(market.Execution.HasChanges);
        Assert.Empty(market.Execution.TakeChangedOrders());
    }

    [Fact]
    public void OnMarket_NoBookYet_OrderWaitsForIt()
    {
        var market = new PaperMarket().Submit(Intent()).Delta(200);
        Assert.Equal(OrderStatus.Submitted, market.Order().Status);
        market.Snapshot("100x1", "101x1").Delta(300);
        Assert.Equal("1@101", market.Fills());
    }

    [Fact]
    public void OnFeedReset_OrderInFlight_WaitsForTheNextBook()
    {
        var market = Open().Submit(Intent());
        market.Execution.OnFeedReset();
        Assert.Equal("", market.Delta(60).Fills());
        Assert.Equal("1@105", market.Snapshot("100x1", "105x1").Delta(70).Fills());
    }

    [Fact]
    public void Submit_LaterThanItsArrival_FillsAtTheLastTimeSeen()
    {
        var market = Open().Delta(500).Submit(Intent()).Delta(600);
        Assert.Equal(At(500), Assert.Single(market.Execution.TakeFills()).EventTime);
    }

    [Fact]
    public void Restore_RestingOrder_GoesToTheBackOfTheNextBook()
    {
        var market = Open().Submit(Intent(limit: "100")).Delta(50).Trade(60, Side.Sell, "100", "5.4");
        Assert.Equal("0.4@100m", market.Fills());
        var restored = Restored(market).Snapshot("100x3", "101x1");
        Assert.Equal("", restored.Trade(70, Side.Sell, "100", "3").Fills());
        var fill = Assert.Single(restored.Trade(71, Side.Sell, "100", "9").Execution.TakeFills());
        Assert.Equal("paper-a-2", fill.TradeId);
        Assert.Equal(Quantity.Parse("0.6"), fill.Quantity);
        Assert.Equal(OrderStatus.Filled, restored.Order().Status);
    }

    [Fact]
    public void Restore_OrderInFlight_ArrivesAnew()
    {
        var restored = Restored(Open().Submit(Intent())).Snapshot("100x1", "101x1").Delta(1_000);
        Assert.Equal("", restored.Fills());
        Assert.Equal(OrderStatus.Filled, restored.Delta(1_050).Order().Status);
    }

    [Fact]
    public void Restore_OrderInFlightOfAClockThatWasAhead_ArrivesByTheTimeOfNow()
    {
        var ahead = Open().Delta(86_400_000).Submit(Intent());
        var restored = Restored(ahead).Snapshot("100x1", "101x1").Delta(1_000);
        Assert.Equal("", restored.Fills());
        Assert.Equal(OrderStatus.Filled, restored.Delta(1_050).Order().Status);
        Assert.Equal(At(1_050), restored.Execution.EventTime);
    }

    [Fact]
    public void Restore_CancelInFlight_IsSentAgain()
    {
        var market = Open().Submit(Intent(limit: "100")).Delta(50);
        market.Execution.CancelAll(At(60), "halt");
        var restored = Restored(market).Snapshot("100x1", "101x1").Delta(100).Delta(160);
        Assert.Equal(OrderStatus.Canceled, restored.Order().Status);
        Assert.Equal("halt", restored.Order().Reason);
    }

    [Fact]
    public void Restore_FillsNotTaken_AreStillThere()
    {
        var restored = Restored(Open().Submit(Intent()).Delta(50));
        Assert.True(restored.Execution.HasChanges);
        Assert.Equal("1@101", restored.Fills());
        Assert.False(restored.Execution.Submit(Intent()).IsNew);
    }

    [Fact]
    public void Restore_OfAnotherPortfolio_Throws() =>
        Assert.Throws<ArgumentException>(
            () => new PaperExecution("other", Rules, new PaperOptions(), Open().Execution.ToState()));

    [Fact]
    public void OnMarket_NothingWorking_AllocatesNothing()
    {
        var market = Open();
        var levels = new[] { new Domain.MarketData.PriceLevel(Price.Parse("100"), Quantity.Parse("1")) };
        void Run(int from, int to)
        {
            for (var id = from; id < to; id++)
            {
                market.Execution.OnMarket(
                    new()
                    {
                        Kind = Domain.MarketData.MarketEventKind.BookDelta,
                        FirstId = id,
                        LastId = id,
                        EventTime = At(id),
                        BidCount = 1
                    },
                    levels);
                market.Execution.OnMarket(
                    new()
                    {
                        Kind = Domain.MarketData.MarketEventKind.Trade,
                        EventTime = At(id),
                        Price = Price.FromUnits(100 * Price.UnitsPerWhole),
                        Quantity = Quantity.FromUnits(1),
                        Aggressor = Side.Sell,
                    },
                    []);
            }
        }

        Run(103, 200);
        Assert.Equal(0, Allocations.Least(round => Run(200 + (800 * round), 1_000 + (800 * round))));
    }

    [Fact]
    public void Latency_Jitter_IsWithinItsRangeAndOfItsSeed()
    {
        var arrivals = Enumerable.Range(0, 200).Select(i => Arrival(7, $"order-{i}")).ToArray();
        Assert.All(arrivals, arrival => Assert.True(arrival >= At(50) && arrival <= At(70)));
        Assert.True(arrivals.Distinct().Count() > 150);
        Assert.Equal(arrivals[3], Arrival(7, "order-3"));
        Assert.NotEqual(arrivals[3], Arrival(8, "order-3"));

        static Timestamp Arrival(ulong seed, string id)
        {
            var options = PaperMarket.Free();
            (options.Seed, options.LatencyJitterMs) = (seed, 20);
            return Assert.Single(Open(options).Submit(Intent(id)).Delta(70).Execution.TakeFills()).EventTime;
        }
    }

    [Fact]
    public void OnMarket_AnyMarketAndOrders_KeepsQuantitiesAndRepeats()
    {
        var step = Gen.Select(Gen.Int[0, 5], Gen.Int[96, 104], Gen.Int[0, 30], Gen.Bool);
        step.List[1, 80].Sample(steps =>
        {
            var (first, fills) = Play(steps);
            var (second, _) = Play(steps);
            Assert.Equal(first, second);
            Assert.Equal(fills.Count, fills.Select(fill => fill.TradeId).Distinct().Count());
        }, iter: 200);
    }

    private static (string State, List<Fill> Fills) Play(List<(int Kind, int Price, int Tenths, bool Buy)> steps)
    {
        var options = new PaperOptions { LatencyJitterMs = 30, ParticipationLimit = 0.5m };
        var market = new PaperMarket(options).Snapshot("99x2 98x5", "101x2 102x5").Delta(0);
        var fills = new List<Fill>();
        for (var i = 0; i < steps.Count; i++)
        {
            var (kind, price, tenths, buy) = steps[i];
            var side = buy ? Side.Buy : Side.Sell;
            var quantity = $"{tenths / 10.0}";
            _ = kind switch
            {
                0 => market.Delta(i * 20, bids: price < 100 ? $"{price}x{quantity}" : "", asks: price >= 100
                    ? $"{price}x{quantity}" : ""),
                1 => market.Trade(i * 20, side, $"{price}", quantity),
                2 => market.Submit(Intent($"{i}", side, quantity, atMs: i * 20)),
                3 => market.Submit(Intent($"{i}", side, quantity, $"{price}", atMs: i * 20)),
                4 when tenths < 3 => market.Gap(i * 20).Snapshot("99x2", "101x2"),
                4 => market.Submit(
                    Intent($"{i}", side, quantity, $"{price}", atMs: i * 20, type: OrderType.LimitMaker)),
                _ => Cancel(market, i),
            };
            fills.AddRange(market.Execution.TakeFills());
        }

        Assert.Equal(0, market.Execution.Anomalies);
        foreach (var order in market.Execution.RecentOrders)
        {
            var own = fills.Where(fill => fill.ClientOrderId == order.Intent.ClientOrderId).ToList();
            Assert.Equal(order.FilledQuantity.Units, own.Sum(fill => fill.Quantity.Units));
            Assert.True(order.FilledQuantity <= order.Intent.Quantity);
            Assert.All(own, fill => Assert.True(order.Intent.LimitPrice is not { } limit
                || (fill.Side == Side.Buy ? fill.Price <= limit : fill.Price >= limit)));
            Assert.All(own, fill =>
                Assert.True(fill.EventTime >= order.Intent.EventTime + TimeSpan.FromMilliseconds(50)));
        }

        return (JsonSerializer.Serialize(market.Execution.ToState()) + JsonSerializer.Serialize(fills), fills);
    }

    private static PaperMarket Cancel(PaperMarket market, int i)
    {
        market.Execution.CancelAll(At(i * 20), "test");
        return market;
    }

    private static PaperMarket Restored(PaperMarket market, PaperOptions? options = null)
    {
        var json = JsonSerializer.Serialize(market.Execution.ToState());
        var state = JsonSerializer.Deserialize<PaperExecutionState>(json)!;
        var restored = new PaperMarket(options, state);
        Assert.Equal(json, JsonSerializer.Serialize(restored.Execution.ToState()));
        return restored;
    }

    private static PaperMarket Open(PaperOptions? options = null) =>
        new PaperMarket(options).Snapshot("100x5 99x3", "101x1 102x200").Delta(0);
}
