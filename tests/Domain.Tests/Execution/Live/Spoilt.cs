using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Tests.Execution.Live;

/// <summary>Corrupted reports of a venue.</summary>
internal static class Spoilt
{
    private static readonly ExecutionReportKind[] Kinds = [.. Enum.GetValues<ExecutionReportKind>(), 0, (ExecutionReportKind)99];

    /// <summary>Each corruption is recognisable or leaves a question; a plausible one shows only in the balances.</summary>
    public static ExecutionReport By(Random random, ExecutionReport report) => random.Next(17) switch
    {
        0 => report with { Kind = Kinds[random.Next(Kinds.Length)] },
        1 => report with { Fill = null },
        2 => report with { VenueOrder = null },
        3 => report with { VenueOrder = null, VenueOrderId = null },
        4 => report with { VenueOrder = null, VenueOrderId = "999999" },
        5 when report.Fill is null => report with { ClientOrderId = "", VenueOrder = report.VenueOrder! with { ClientOrderId = "", VenueOrderId = $"{random.Next(100, 120)}" } },
        6 => WithOrder(report, order => order with { Side = order.Side == Side.Buy ? Side.Sell : Side.Buy }),
        7 => WithOrder(report, order => order with { Quantity = Quantity.FromUnits(long.MaxValue) }),
        8 => WithOrder(report, order => order with { ExecutedQuantity = Quantity.FromUnits(long.MaxValue) }),
        9 => WithOrder(report, order => order with { Status = OrderStatus.Unclear, Unclear = "order status 'PONDERED'", Payload = "{}" }),
        10 => WithOrder(report, order => order with { UpdatedAt = new Timestamp(long.MaxValue) }),
        11 => WithOrder(report, order => order with { UpdatedAt = Timestamp.Unknown, PreventedQuantity = Quantity.FromUnits(long.MaxValue) }),
        12 => WithFill(report, fill => fill with { Quantity = Quantity.FromUnits(random.Next(2) == 0 ? 0 : long.MaxValue) }),
        13 => WithFill(report, fill => fill with { Side = fill.Side == Side.Buy ? Side.Sell : Side.Buy }),
        14 => WithFill(report, fill => fill with { TradeId = random.Next(2) == 0 ? "-1" : "seven" }),
        15 => WithFill(report, fill => fill with { FeeAsset = "" }),
        _ => WithFill(report, fill => fill with { Price = Price.FromUnits(0) }),
    };

    private static ExecutionReport WithOrder(ExecutionReport report, Func<VenueOrder, VenueOrder> change) =>
        report with { VenueOrder = change(report.VenueOrder!) };

    private static ExecutionReport WithFill(ExecutionReport report, Func<Fill, Fill> change) =>
        report.Fill is { } fill ? report with { Fill = change(fill) } : report;
}
