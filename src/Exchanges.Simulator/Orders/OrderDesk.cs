using System.Globalization;
using BtcAgent.Exchanges.Simulator.Accounts;
using BtcAgent.Exchanges.Simulator.Markets;
using BtcAgent.Exchanges.Simulator.Matching;
using BtcAgent.Exchanges.Simulator.Protocol;
using BtcAgent.Exchanges.Simulator.Settings;

namespace BtcAgent.Exchanges.Simulator.Orders;

/// <summary>
/// Accepts, works and ends the orders of all accounts. Not thread-safe; the venue locks. Balances are exact, and the sink
/// receives every change.
/// </summary>
internal sealed partial class OrderDesk
{
    private const string MarketClosed = "Market is closed.";

    private readonly SortedDictionary<string, SimulatedMarket> _markets;
    private readonly SimulatorOptions _options;
    private readonly IUserEventSink _sink;
    private readonly Func<long> _nowMs;
    private readonly Dictionary<string, (VenueAccount Account, AccountOrder Order)> _resting = new(StringComparer.Ordinal);
    private readonly List<(VenueAccount Account, AccountOrder Order)> _conditional = [];
    private readonly Queue<(VenueAccount Account, AccountOrder Order)> _activated = new();
    private (VenueAccount Account, AccountOrder Order)? _taker;
    private long _lastOrderId;
    private long _lastListId;
    private long _lastClientId;
    private long _lastExecutionId;

    public OrderDesk(SortedDictionary<string, SimulatedMarket> markets, SimulatorOptions options, IUserEventSink sink, Func<long> nowMs)
    {
        _markets = markets;
        _options = options;
        _sink = sink;
        _nowMs = nowMs;
        foreach (var market in markets.Values)
        {
            market.Traded = (trade, maker) => OnTrade(market, trade, maker);
        }
    }

    public string NewClientId() => string.Create(CultureInfo.InvariantCulture, $"sim{++_lastClientId:D19}");

    /// <exception cref="VenueException">Refused.</exception>
    public AccountOrder Place(VenueAccount account, OrderRequest request)
    {
        var market = MarketOf(request.Symbol);
        Check(account, request, market);
        var order = new AccountOrder(request, ++_lastOrderId, _nowMs());
        Reserve(account, order, market);
        Open(account, order, market);
        market.PublishTop();
        Settle();
        return order;
    }

    /// <summary>Makes the checks of a placement without placing.</summary>
    /// <exception cref="VenueException">Refused.</exception>
    public void Test(VenueAccount account, OrderRequest request) => Check(account, request, MarketOf(request.Symbol));

    /// <summary>Cancels an open order and the rest of its list.</summary>
    public void Cancel(VenueAccount account, AccountOrder order, string cancelId)
    {
        var sibling = SiblingOf(account, order);
        End(account, order, "CANCELED", cancelId);
        if (sibling is { IsOpen: true })
        {
            End(account, sibling, "CANCELED", cancelId);
        }

        MarketOf(order.Symbol).PublishTop();
    }

    /// <summary>Applies every trigger that the last trades reached; call after the market has moved.</summary>
    public void Settle()
    {
        while (_activated.TryDequeue(out var activated))
        {
            activated.Account.Orders.Remove(activated.Order.OrderId);
            Open(activated.Account, activated.Order, MarketOf(activated.Order.Symbol));
        }

        for (var i = 0; i < _conditional.Count; i++)
        {
            var (account, order) = _conditional[i];
            var market = MarketOf(order.Symbol);
            if (order.IsOpen && !IsTriggered(order, market.LastPrice))
            {
                continue;
            }

            _conditional.RemoveAt(i);
            i = -1; // Working the order may have moved the market.
            if (order.IsOpen)
            {
                EndSibling(account, order);
                order.WorkingMs = _nowMs();
                order.UpdatedMs = order.WorkingMs;
                order.IsWorking = true;
                Publish(account, order, new OrderEvent("NEW"));
                Work(account, order, market);
            }
        }
    }

    /// <summary>Fills the whole order at once, against a new counterparty.</summary>
    public void ForceFill(AccountOrder order)
    {
        if (order.EngineId is not null)
        {
            var market = MarketOf(order.Symbol);
            market.Engine.FillResting(order.EngineId.Value, order.Side == Side.Buy ? Side.Sell : Side.Buy);
            market.PublishTop();

            // At once: the flow's next trade may come before the request completes, and hide this price.
            Settle();
        }
    }

    private void Publish(VenueAccount account, AccountOrder order, OrderEvent happened)
    {
        order.ExecutionId = ++_lastExecutionId;
        _sink.Order(account, order, happened);
    }

    public SimulatedMarket MarketOf(string symbol) =>
        _markets.TryGetValue(symbol, out var market) ? market : throw new VenueException(VenueError.UnknownSymbol);

    private static string OwnerOf(long orderId) => orderId.ToString(CultureInfo.InvariantCulture);

    private static void Check(VenueAccount account, OrderRequest request, SimulatedMarket market)
    {
        if (market.Status != SymbolRules.Trading)
        {
            throw Rejected(MarketClosed);
        }

        if (!SymbolRules.SelfTradeModes.Contains(request.SelfTradePrevention))
        {
            throw new VenueException(new(400, -1013, "This symbol does not allow the specified self-trade prevention mode."));
        }

        OrderFilters.Check(request, market, account);
        if (account.Orders.Values.Any(o => o.IsOpen && o.ClientOrderId == request.ClientOrderId))
        {
            throw Rejected("Duplicate order sent.");
        }

        if (request.Type == "LIMIT_MAKER" && market.Engine.WouldTake(request.Side, request.Price!.Value))
        {
            throw Rejected("Order would immediately match and take.");
        }

        if (request.StopPrice is not null && request.TrailingDelta is null
            && IsTriggered(new AccountOrder(request, 0, 0), market.LastPrice))
        {
            throw Rejected("Stop price would trigger immediately.");
        }
    }

    private void Open(VenueAccount account, AccountOrder order, SimulatedMarket market)
    {
        account.Orders.Add(order.OrderId, order);
        order.IsWorking = !order.IsConditional;
        Publish(account, order, new OrderEvent("NEW"));
        if (order.IsConditional)
        {
            order.Extreme = market.LastPrice;
            _conditional.Add((account, order));
            _sink.Balances(account, SymbolRules.BaseAsset(order.Symbol), SymbolRules.QuoteAsset);
        }
        else
        {
            Work(account, order, market);
        }
    }

    private void Work(VenueAccount account, AccountOrder order, SimulatedMarket market)
    {
        _taker = (account, order);
        var terms = TermsOf(account, order, market);
        var result = order.IsMarket
            ? market.Engine.Market(order.Side, order.Remaining, terms)
            : market.Engine.Limit(
                OwnerOf(order.OrderId), order.Side, order.Limit!.Value, order.Remaining, TypeOf(order), terms);
        _taker = null;
        if (result.Resting is { } resting)
        {
            order.EngineId = resting.Id;
            _resting[OwnerOf(order.OrderId)] = (account, order);
        }
        else if (order.IsOpen)
        {
            Expire(account, order, result.IsOutOfRange ? "EXECUTION_RULE_PRICE_RANGE_EXCEEDED" : ReasonOf(order));
        }

        _sink.Balances(account, SymbolRules.BaseAsset(order.Symbol), SymbolRules.QuoteAsset);
    }

    /// <summary>Expiry reason of an order that must not rest. Source: Binance, "Order Expiry Reason".</summary>
    private static string ReasonOf(AccountOrder order) => (order.Type, order.Request.TimeInForce) switch
    {
        ("LIMIT_MAKER", _) => "REJECTED",
        (_, "IOC") => "UNFILLED_IOC_QUANTITY_EXPIRED",
        (_, "FOK") => "UNFILLED_FOK_ORDER_EXPIRED",
        _ => "INSUFFICIENT_LIQUIDITY",
    };

    private static LimitType TypeOf(AccountOrder order) => (order.Type, order.Request.TimeInForce) switch
    {
        ("LIMIT_MAKER", _) => LimitType.MakerOnly,
        (_, "IOC") => LimitType.ImmediateOrCancel,
        (_, "FOK") => LimitType.FillOrKill,
        _ => LimitType.GoodTillCanceled,
    };

    private void OnTrade(SimulatedMarket market, VenueTrade trade, RestingOrder maker)
    {
        if (_resting.TryGetValue(maker.Owner, out var resting))
        {
            Fill(resting.Account, resting.Order, market, in trade, isMaker: true);
            _sink.Balances(resting.Account, SymbolRules.BaseAsset(market.Symbol), SymbolRules.QuoteAsset);
        }

        if (_taker is { } taker)
        {
            Fill(taker.Account, taker.Order, market, in trade, isMaker: false);
        }
    }

    private static bool IsTriggered(AccountOrder order, Price last)
    {
        if (last.IsZero)
        {
            return false;
        }

        var rises = order.Type is "STOP_LOSS" or "STOP_LOSS_LIMIT" == (order.Side == Side.Buy);
        if (order.Request.TrailingDelta is not { } delta)
        {
            return rises ? last >= order.Request.StopPrice : last <= order.Request.StopPrice;
        }

        if (order.Request.StopPrice is { } activation && order.Extreme is null)
        {
            return rises ? last >= activation : last <= activation;
        }

        // Triggers on a rise of delta from the lowest, or a fall of delta from the highest, price since placement.
        order.Extreme = order.Extreme is not { } extreme || (rises ? last < extreme : last > extreme) ? last : extreme;
        var distance = order.Extreme.Value.ToDecimal() * delta / 10_000;
        return rises ? last.ToDecimal() >= order.Extreme.Value.ToDecimal() + distance : last.ToDecimal() <= order.Extreme.Value.ToDecimal() - distance;
    }

    private static VenueException Rejected(string why) => new(new VenueError(400, -2010, why));
}
