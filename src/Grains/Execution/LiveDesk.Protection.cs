using BtcAgent.Contracts.Execution;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Grains.Execution;

/// <summary>
/// The dead man's switch of a venue that cancels nothing when we vanish: a stop order rests there and sells what is held if
/// the price falls, whether this agent lives or not. It follows the position at each comparison.
/// </summary>
internal sealed partial class LiveDesk
{
    public const string ProtectiveIds = "ba-stop-";

    /// <summary>Open orders but the protective stop, which makes way for every sale of ours.</summary>
    public IReadOnlyList<Order> TradingOrders => [.. OpenOrders.Where(order => !IsProtective(order))];

    private static bool IsProtective(Order order) => order.Intent.ClientOrderId.StartsWith(ProtectiveIds, StringComparison.Ordinal);

    private async Task ProtectAsync()
    {
        if (options.ProtectiveStopBps is not { } distance || await host.Rules() is not { } rules
            || TradingOrders.Any(order => order.Intent.Side == Side.Sell))
        {
            return;
        }

        var position = (await host.Portfolio()).Position(instrument);
        var held = Quantity.RoundDown(Math.Max(0, position?.Quantity ?? 0)).RoundDownToLot(rules.LotSize);
        var stands = OpenOrders.FirstOrDefault(IsProtective);
        if (stands is not null && stands.RemainingQuantity != held)
        {
            await MakeWayAsync("the position has changed");
            stands = null;
        }

        if (stands is not null || position?.MarkPrice is not { } mark || held < rules.MinQuantity || held.IsZero
            || held.ToDecimal() * mark * (1 - (distance / 10_000)) < rules.MinNotional)
        {
            return;
        }

        // Read before asking whether trading is stopped: a halt that comes after the answer is another epoch.
        var terms = new SendTerms(fence.Epoch, Now() + TimeSpan.FromMilliseconds(options.IntentLifetimeMs));
        if (await host.WhyStopped() is not null)
        {
            return;
        }

        var decision = DecisionId.From(portfolio, "protective-stop", instrument, Now());
        var intent = new OrderIntent
        {
            ClientOrderId = ProtectiveIds + decision.Text,
            Decision = decision,
            Strategy = "protective-stop",
            Portfolio = portfolio,
            Instrument = instrument,
            Side = Side.Sell,
            Type = OrderType.StopLoss,
            TimeInForce = TimeInForce.GoodTillCanceled,
            Quantity = held,
            StopPrice = Price.FromUnits((long)(mark * (1 - (distance / 10_000)) * Price.UnitsPerWhole)).RoundDownToTick(rules.TickSize),
            EventTime = Now(),
            ReferencePrice = mark,
            ReducesRisk = true,
        };
        await Submit(intent, terms);
    }

    /// <summary>The stop locks what it would sell: it is cancelled before anything else sells.</summary>
    private async Task MakeWayAsync(string reason)
    {
        foreach (var stop in OpenOrders.Where(IsProtective))
        {
            if (_execution!.RequestCancel(stop.Intent.ClientOrderId, stop.UpdatedAt, reason))
            {
                await Store();
                await SendCancelAsync(stop.Intent.ClientOrderId);
            }
        }
    }
}
