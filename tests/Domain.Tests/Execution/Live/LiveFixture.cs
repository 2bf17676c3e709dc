using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;
using static BtcAgent.Domain.Tests.Orders.OrderFixture;

namespace BtcAgent.Domain.Tests.Execution.Live;

/// <summary>One order for 1 BTC, id <c>a</c>, and the venue's possible reports of it.</summary>
internal static class LiveFixture
{
    public static LiveExecution Opened()
    {
        var execution = new LiveExecution("paper", Rules);
        execution.OpenAt(0);
        return execution;
    }

    public static LiveExecution Sent(OrderIntent intent)
    {
        var execution = Opened();
        Assert.True(execution.Submit(intent, At(0)).IsNew);
        return execution;
    }

    public static LiveExecution Accepted(OrderIntent intent)
    {
        var execution = Sent(intent);
        execution.Placed("a", VenueAnswer.Done(Report(AtVenue("a", OrderStatus.Accepted), ExecutionReportKind.Accepted)), At(1));
        return execution;
    }

    public static LiveExecution Restarted(LiveExecution execution) =>
        new("paper", Rules, JsonSerializer.Deserialize<LiveExecutionState>(JsonSerializer.Serialize(execution.ToState())));

    public static VenueOrder AtVenue(string id, OrderStatus status, string executed = "0") => new()
    {
        ClientOrderId = id,
        VenueOrderId = "1",
        Instrument = Btc,
        Side = Side.Buy,
        Type = OrderType.Limit,
        TimeInForce = TimeInForce.GoodTillCanceled,
        Quantity = Quantity.Parse("1"),
        LimitPrice = Price.Parse("100"),
        Status = status,
        ExecutedQuantity = Quantity.Parse(executed),
        UpdatedAt = At(5),
    };

    public static ExecutionReport Report(VenueOrder order, ExecutionReportKind kind) => new()
    {
        ClientOrderId = order.ClientOrderId,
        Kind = kind,
        EventTime = order.UpdatedAt,
        VenueOrderId = order.VenueOrderId,
        VenueOrder = order,
    };

    public static ExecutionReport TradeReport(string tradeId, string quantity, VenueOrder order, Side side = Side.Buy) =>
        Report(order, ExecutionReportKind.Trade) with { Fill = FillOf(tradeId, quantity, side: side, order: order.ClientOrderId) };

    public static VenueFill Trade(long id, string quantity, string orderId = "1") => new()
    {
        TradeId = id,
        VenueOrderId = orderId,
        Side = Side.Buy,
        Price = Price.Parse("100"),
        Quantity = Quantity.Parse(quantity),
        Fee = 0,
        FeeAsset = "USDT",
        IsMaker = true,
        EventTime = At(5),
    };

    public static VenueView View(
        double askedAtMs = 100, VenueOrder[]? open = null, (string Id, VenueOrder? Order)[]? asked = null, VenueFill[]? trades = null) => new(
            At(askedAtMs),
            [.. open ?? []],
            (asked ?? []).ToImmutableDictionary(a => a.Id, a => a.Order),
            [.. trades ?? []]);

    /// <summary>A random history of the order at the venue: its reports, its end, its trades.</summary>
    public static (List<ExecutionReport> Reports, VenueOrder End, VenueFill[] Trades) Life(Random random)
    {
        var reports = new List<ExecutionReport> { Report(AtVenue("a", OrderStatus.Accepted), ExecutionReportKind.Accepted) };
        var trades = new List<VenueFill>();
        var executed = 0;
        for (var i = 0; i < random.Next(4); i++)
        {
            var part = random.Next(1, 4);
            executed += part;
            var reported = AtVenue("a", executed == 10 ? OrderStatus.Filled : OrderStatus.PartiallyFilled, executed: Tenths(executed));
            reports.Add(TradeReport($"{7 + i}", Tenths(part), reported));
            trades.Add(Trade(7 + i, Tenths(part)));
        }

        var status = executed == 10 ? OrderStatus.Filled : random.Next(2) == 0 ? OrderStatus.Canceled
            : executed == 0 ? OrderStatus.Accepted : OrderStatus.PartiallyFilled;
        var end = AtVenue("a", status, executed: Tenths(executed));
        if (status == OrderStatus.Canceled)
        {
            reports.Add(Report(end, ExecutionReportKind.Canceled));
        }

        return (reports, end, [.. trades]);
    }

    private static string Tenths(int tenths) => (tenths / 10m).ToString(CultureInfo.InvariantCulture);
}
