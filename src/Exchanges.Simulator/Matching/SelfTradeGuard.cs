namespace BtcAgent.Exchanges.Simulator.Matching;

/// <summary>Consulted before an order trades with another order of the same account.</summary>
/// <param name="isOwn">Whether the maker belongs to the taker's account.</param>
/// <param name="passesOwn">Whether the taker continues behind an own order that it meets; false when it ends or shrinks
/// there.</param>
/// <param name="prevent">Ends or shrinks both orders, given the taker's remainder; must remove quantity from at least one
/// side.</param>
internal sealed class SelfTradeGuard(Func<RestingOrder, bool> isOwn, bool passesOwn, Func<RestingOrder, Quantity, Prevention> prevent)
{
    public bool PassesOwn => passesOwn;

    public bool IsOwn(RestingOrder maker) => isOwn(maker);

    /// <exception cref="InvalidOperationException">Neither side lost quantity: matching would never end.</exception>
    public Prevention Prevent(RestingOrder maker, Quantity takerLeft)
    {
        var lost = prevent(maker, takerLeft);
        return lost.Taker.IsZero && lost.Maker.IsZero
            ? throw new InvalidOperationException($"a self-trade with order {maker.Id} was prevented, and neither side lost quantity")
            : lost;
    }
}
