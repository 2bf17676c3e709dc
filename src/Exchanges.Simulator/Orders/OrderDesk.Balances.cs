using BtcAgent.Exchanges.Simulator.Accounts;
using BtcAgent.Exchanges.Simulator.Markets;
using BtcAgent.Exchanges.Simulator.Protocol;

namespace BtcAgent.Exchanges.Simulator.Orders;

/// <summary>Reserves balance for orders, moves it with fills, and releases it when orders end.</summary>
internal sealed partial class OrderDesk
{
    /// <summary>Factor on the book's cost that a market purchase reserves; the excess is released.</summary>
    private const decimal MarketMargin = 1.02m;

    private const string FeeAsset = "BNB";

    /// <summary>Rate of a commission paid in the fee asset: a discount of 25 %.</summary>
    private const decimal FeeAssetRate = 0.75m;

    private static string SpentAsset(AccountOrder order) =>
        order.Side == Side.Buy ? SymbolRules.QuoteAsset : SymbolRules.BaseAsset(order.Symbol);

    /// <exception cref="VenueException">The balance is insufficient.</exception>
    private static void Reserve(VenueAccount account, AccountOrder order, SimulatedMarket market)
    {
        var asset = SpentAsset(order);
        var need = order is { Side: Side.Buy, IsMarket: true } ? MarketCost(order, market) : Need(order);
        if (account.Free(asset) < need)
        {
            throw Rejected("Account has insufficient balance for requested action.");
        }

        account.Lock(asset, need);
        order.Locked = need;
    }

    private static decimal MarketCost(AccountOrder order, SimulatedMarket market)
    {
        if (order.Request.StopPrice is { } stop)
        {
            return stop.Times(order.Remaining) * MarketMargin;
        }

        var left = order.Remaining;
        var cost = 0m;
        for (var depth = 0; !left.IsZero && depth < market.LevelCount(Side.Sell); depth++)
        {
            var (price, quantity) = market.LevelAt(Side.Sell, depth);
            var taken = Quantity.Min(left, quantity);
            cost += price.Times(taken);
            left -= taken;
        }

        return cost;
    }

    private static decimal Need(AccountOrder order) => order.Side == Side.Sell ? order.Remaining.ToDecimal()
        : order.Limit is { } limit ? limit.Times(order.Remaining) : order.Locked;

    private void Fill(VenueAccount account, AccountOrder order, SimulatedMarket market, in VenueTrade trade, bool isMaker)
    {
        EndSibling(account, order);
        var quote = trade.Price.Times(trade.Quantity);
        var buying = order.Side == Side.Buy;
        var (spent, received) = buying ? (quote, trade.Quantity.ToDecimal()) : (trade.Quantity.ToDecimal(), quote);
        var receivedAsset = buying ? SymbolRules.BaseAsset(order.Symbol) : SymbolRules.QuoteAsset;
        var rate = (isMaker ? _options.MakerFeeBps : _options.TakerFeeBps) / 10_000;
        var (commission, commissionAsset) = Commission(account, receivedAsset, received * rate, quote * rate);

        account.Add(SpentAsset(order), 0, -spent);
        order.Locked -= spent;
        account.Add(receivedAsset, received);
        account.Add(commissionAsset, -commission);
        order.Executed += trade.Quantity;
        order.CumulativeQuote += quote;
        order.Status = order.Remaining.IsZero ? "FILLED" : "PARTIALLY_FILLED";
        order.UpdatedMs = _nowMs();
        Release(account, order, keep: order.IsOpen ? Need(order) : 0);
        var record = new AccountTrade(
            order.Symbol, trade.Id, order.OrderId, order.Side, trade.Price, trade.Quantity, commission, commissionAsset, order.UpdatedMs, isMaker);
        account.Trades.Add(record);
        if (!order.IsOpen)
        {
            Forget(order);
        }

        Publish(account, order, new OrderEvent("TRADE") { Trade = record });
        if (!order.IsOpen)
        {
            Done(account, order, market);
        }
    }

    private void Expire(VenueAccount account, AccountOrder order, string? reason)
    {
        order.ExpiryReason = reason;
        End(account, order, "EXPIRED", null);
    }

    /// <param name="account">The account that pays.</param>
    /// <param name="receivedAsset">Asset that the trade brought.</param>
    /// <param name="ofReceived">Commission in the received asset.</param>
    /// <param name="inQuote">The same commission in quote asset.</param>
    private (decimal Amount, string Asset) Commission(VenueAccount account, string receivedAsset, decimal ofReceived, decimal inQuote)
    {
        if (account.PaysFeesInBnb && _markets.TryGetValue($"{FeeAsset}{SymbolRules.QuoteAsset}", out var bnb) && bnb.LastPrice is { IsZero: false } price)
        {
            var amount = decimal.Round(inQuote * FeeAssetRate / price.ToDecimal(), 8, MidpointRounding.ToZero);
            if (account.Free(FeeAsset) >= amount)
            {
                return (amount, FeeAsset);
            }
        }

        return (decimal.Round(ofReceived, 8, MidpointRounding.ToZero), receivedAsset);
    }

    private void End(VenueAccount account, AccountOrder order, string status, string? cancelId)
    {
        if (order.EngineId is { } id)
        {
            MarketOf(order.Symbol).Engine.Cancel(id);
        }

        order.Status = status;
        order.UpdatedMs = _nowMs();
        Release(account, order, keep: 0);
        Forget(order);
        Publish(account, order, new OrderEvent(status) { CancelId = cancelId });
        _sink.Balances(account, SymbolRules.BaseAsset(order.Symbol), SymbolRules.QuoteAsset);
        if (status == "EXPIRED")
        {
            EndRestOfList(account, order);
        }

        if (account.Lists.GetValueOrDefault(order.ListId) is { IsDone: true } list)
        {
            _sink.List(account, list);
        }
    }

    private static void Release(VenueAccount account, AccountOrder order, decimal keep)
    {
        var over = order.Locked - keep;
        if (over > 0)
        {
            account.Lock(SpentAsset(order), -over);
            order.Locked = keep;
        }
    }

    private void Forget(AccountOrder order)
    {
        order.EngineId = null;
        order.IsWorking = false;
        _resting.Remove(OwnerOf(order.OrderId));
    }
}
