using BtcAgent.Exchanges.Simulator.Accounts;
using BtcAgent.Exchanges.Simulator.Protocol;

namespace BtcAgent.Exchanges.Simulator.Orders;

/// <summary>Selects records of an account by the parameters of a query.</summary>
internal static class AccountRecords
{
    private const int RowsMax = 1_000;

    public static IEnumerable<OrderAmendment> AmendmentsOf(VenueAccount account, ApiParameters p)
    {
        var symbol = p.Required("symbol");
        var order = p.Number("orderId") ?? throw new VenueException(VenueError.Missing("orderId"));
        return account.Amendments
            .Where(a => a.Symbol == symbol && a.OrderId == order && a.ExecutionId >= (p.Number("fromExecutionId") ?? 0))
            .Take(Limit(p));
    }

    public static IEnumerable<PreventedMatch> PreventedOf(VenueAccount account, ApiParameters p)
    {
        var symbol = p.Required("symbol");
        var matches = account.PreventedMatches.Where(m => m.Symbol == symbol);
        if (p.Number("preventedMatchId") is { } id)
        {
            return matches.Where(m => m.Id == id);
        }

        var order = p.Number("orderId") ?? throw new VenueException(VenueError.Missing("orderId"));
        return matches
            .Where(m => (m.TakerOrderId == order || m.MakerOrderId == order) && m.Id >= (p.Number("fromPreventedMatchId") ?? 0))
            .Take(Limit(p));
    }

    public static IEnumerable<AccountOrder> OpenOf(VenueAccount account, string? symbol) =>
        account.Orders.Values.Where(o => o.IsOpen && (symbol is null || o.Symbol == symbol)).ToList();

    public static IEnumerable<AccountOrder> AllOf(VenueAccount account, ApiParameters p)
    {
        var symbol = p.Required("symbol");
        var limit = Limit(p);
        var orders = account.Orders.Values.Where(o => o.Symbol == symbol);
        return p.Number("orderId") is { } from ? orders.Where(o => o.OrderId >= from).Take(limit) : orders.TakeLast(limit);
    }

    public static IEnumerable<AccountTrade> TradesOf(VenueAccount account, ApiParameters p)
    {
        var symbol = p.Required("symbol");
        var trades = account.Trades.Where(t => t.Symbol == symbol);
        if (p.Number("orderId") is { } order)
        {
            trades = trades.Where(t => t.OrderId == order);
        }

        if (p.Number("startTime") is { } start)
        {
            trades = trades.Where(t => t.TimeMs >= start);
        }

        return p.Number("fromId") is { } from ? trades.Where(t => t.Id >= from).Take(Limit(p)) : trades.TakeLast(Limit(p));
    }

    private static int Limit(ApiParameters p) => (int)Math.Clamp(p.Number("limit") ?? 500, 1, RowsMax);
}
