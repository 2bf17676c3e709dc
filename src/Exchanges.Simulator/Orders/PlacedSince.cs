using BtcAgent.Exchanges.Simulator.Accounts;

namespace BtcAgent.Exchanges.Simulator.Orders;

/// <summary>Immediate effects of an order's placement.</summary>
internal sealed record PlacedSince(IReadOnlyList<AccountTrade> Fills, IReadOnlyList<PreventedMatch> Prevented)
{
    /// <summary>Collects what was added to the account's records after the given counts.</summary>
    public static PlacedSince Of(VenueAccount account, AccountOrder order, int trades, int matches) => new(
        [.. account.Trades.Skip(trades).Where(t => t.OrderId == order.OrderId)],
        [.. account.PreventedMatches.Skip(matches).Where(m => m.TakerOrderId == order.OrderId)]);
}
