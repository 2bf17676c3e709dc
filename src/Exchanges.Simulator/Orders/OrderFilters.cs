using BtcAgent.Exchanges.Simulator.Accounts;
using BtcAgent.Exchanges.Simulator.Markets;
using BtcAgent.Exchanges.Simulator.Protocol;

namespace BtcAgent.Exchanges.Simulator.Orders;

/// <summary>Checks the filters of <see cref="SymbolRules"/>, with Binance's error codes and texts.</summary>
internal static class OrderFilters
{
    /// <exception cref="VenueException">A filter fails.</exception>
    public static void Check(OrderRequest request, SimulatedMarket market, VenueAccount account)
    {
        CheckOrder(request, market);
        CheckCounts(request, account);
    }

    /// <summary>Checks all filters except the number of open orders: those that an amendment has to pass.</summary>
    /// <exception cref="VenueException">A filter fails.</exception>
    public static void CheckOrder(OrderRequest request, SimulatedMarket market)
    {
        CheckQuantity(request);
        var last = market.LastPrice.IsZero ? market.Engine.BestAsk : market.LastPrice;
        var reference = market.Reference.Current(market.NowMs) ?? last;
        var price = request.Price ?? request.StopPrice ?? reference;
        foreach (var given in new[] { request.Price, request.StopPrice }.OfType<Price>())
        {
            CheckPrice(given, reference);
        }

        var notional = price.Times(request.Quantity);
        if (notional < SymbolRules.MinNotional || (request.Price is not null && notional > SymbolRules.MaxNotional))
        {
            throw Failure("NOTIONAL");
        }

        if (request.TrailingDelta is < 10 or > 2_000)
        {
            throw Failure("TRAILING_DELTA");
        }
    }

    private static void CheckCounts(OrderRequest request, VenueAccount account)
    {
        var open = account.Orders.Values.Where(o => o.IsOpen && o.Symbol == request.Symbol).ToList();
        if (open.Count >= SymbolRules.MaxOrders)
        {
            throw Failure("MAX_NUM_ORDERS");
        }

        if (request.StopPrice is not null && open.Count(o => o.IsConditional) >= SymbolRules.MaxAlgoOrders)
        {
            throw Failure("MAX_NUM_ALGO_ORDERS");
        }
    }

    private static void CheckQuantity(OrderRequest request)
    {
        var quantity = request.Quantity.ToDecimal();
        if (quantity < SymbolRules.Lot || quantity > SymbolRules.MaxQuantity || quantity % SymbolRules.Lot != 0)
        {
            throw Failure("LOT_SIZE");
        }

        if (request.IcebergQuantity is { } visible && visible.ToDecimal() * SymbolRules.IcebergParts < quantity)
        {
            throw Failure("ICEBERG_PARTS");
        }
    }

    private static void CheckPrice(Price price, Price reference)
    {
        var value = price.ToDecimal();
        if (value < SymbolRules.Tick || value > SymbolRules.MaxPrice || value % SymbolRules.Tick != 0)
        {
            throw Failure("PRICE_FILTER");
        }

        var around = reference.ToDecimal();
        if (value > around * SymbolRules.PercentUp || value < around * SymbolRules.PercentDown)
        {
            throw Failure("PERCENT_PRICE_BY_SIDE");
        }
    }

    private static VenueException Failure(string filter) => new(new VenueError(400, -1013, $"Filter failure: {filter}"));
}
