using BtcAgent.Cli.Output;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Cli.Operations;

/// <summary>Prints orders.</summary>
internal static class OrderTable
{
    public static void Write(TextWriter text, IReadOnlyList<Order> orders, int? width)
    {
        var table = new TextTable("time", "order", "portfolio", "instrument", "side", "type", ">quantity", ">filled", ">price", "status", "reason");
        foreach (var order in orders)
        {
            table.Add(
                Figures.Time(order.Intent.EventTime),
                order.Intent.ClientOrderId,
                order.Intent.Portfolio,
                order.Intent.Instrument.Key,
                Figures.Word(order.Intent.Side),
                Figures.Word(order.Intent.Type),
                $"{order.Quantity}",
                $"{order.FilledQuantity}",
                Price(order),
                Figures.Word(order.Status),
                order.Reason ?? "");
        }

        foreach (var line in table.Whole(width))
        {
            text.WriteLine(line);
        }
    }

    /// <summary>The price of the fills, else the limit, else the trigger.</summary>
    private static string Price(Order order) =>
        order.AverageFillPrice is { } average ? Figures.Money(average)
        : order.Intent.LimitPrice is { } limit ? $"limit {limit}"
        : order.Intent.StopPrice is { } stop ? $"stop {stop}"
        : "market";
}
