using BtcAgent.Exchanges.Simulator.Accounts;
using BtcAgent.Exchanges.Simulator.Markets;
using BtcAgent.Exchanges.Simulator.Matching;

namespace BtcAgent.Exchanges.Simulator.Orders;

/// <summary>
/// Prevents self-trades and executions outside the price range. Source: Binance, "Self Trade Prevention FAQ".
/// </summary>
internal sealed partial class OrderDesk
{
    private TakerTerms? TermsOf(VenueAccount account, AccountOrder order, SimulatedMarket market)
    {
        var guard = GuardOf(account, order);
        var (lowest, highest) = market.ExecutionRange();
        return guard is null && lowest is null && highest is null ? null : new TakerTerms(guard, lowest, highest);
    }

    /// <summary>Only the taker's mode decides. Between orders of one account TRANSFER means DECREMENT.</summary>
    private SelfTradeGuard? GuardOf(VenueAccount account, AccountOrder order)
    {
        var mode = order.Request.SelfTradePrevention;
        return mode == "NONE"
            ? null
            : new SelfTradeGuard(
                maker => _resting.TryGetValue(maker.Owner, out var resting) && resting.Account == account,
                passesOwn: mode == "EXPIRE_MAKER",
                (maker, left) => Prevent(account, order, _resting[maker.Owner].Order, mode, maker.Price, left));
    }

    private Prevention Prevent(
        VenueAccount account, AccountOrder taker, AccountOrder maker, string mode, Price price, Quantity takerLeft)
    {
        var matched = Quantity.Min(takerLeft, maker.Remaining);
        var (takerLost, makerLost) = mode switch
        {
            "EXPIRE_TAKER" => (takerLeft, Quantity.Zero),
            "EXPIRE_MAKER" => (Quantity.Zero, maker.Remaining),
            "EXPIRE_BOTH" => (takerLeft, maker.Remaining),
            _ => (matched, matched),
        };
        var match = new PreventedMatch(
            account.PreventedMatches.Count(m => m.Symbol == taker.Symbol),
            taker.Symbol,
            taker.OrderId,
            maker.OrderId,
            mode,
            price,
            matched,
            takerLost,
            makerLost,
            _nowMs());
        account.PreventedMatches.Add(match);
        Lose(account, maker, makerLost, match);
        Lose(account, taker, takerLost, match);
        return new Prevention(takerLost, makerLost);
    }

    /// <summary>
    /// Removes quantity from an order. The matching engine removes the same from its copy and drops it when nothing is
    /// left.
    /// </summary>
    private void Lose(VenueAccount account, AccountOrder order, Quantity lost, PreventedMatch match)
    {
        if (lost.IsZero)
        {
            return;
        }

        order.Prevented += lost;
        order.PreventedMatchId = match.Id;
        order.UpdatedMs = match.TimeMs;
        if (order.Remaining.IsZero)
        {
            order.Status = "EXPIRED_IN_MATCH";
            Forget(order);
        }

        Release(account, order, keep: order.IsOpen ? Need(order) : 0);
        Publish(account, order, new OrderEvent("TRADE_PREVENTION") { Prevented = match });
        if (!order.IsOpen)
        {
            _sink.Balances(account, SymbolRules.BaseAsset(order.Symbol), SymbolRules.QuoteAsset);
            EndRestOfList(account, order);
        }
    }
}
