namespace BtcAgent.Exchanges.Simulator.Matching;

/// <summary>Asked before an order trades with one of its own account.</summary>
/// <param name="isOwn">The maker belongs to the taker's account.</param>
/// <param name="passesOwn">The taker trades on behind an own order that it has met; false when it ends or shrinks there.</param>
/// <param name="prevent">Ends or shrinks both, given what is left of the taker; what is lost must not be zero on both sides.</param>
internal sealed class SelfTradeGuard(Func<RestingOrder, bool> isOwn, bool passesOwn, Func<RestingOrder, Quantity, Prevention> prevent)
{
    public bool PassesOwn => passesOwn;

    public bool IsOwn(RestingOrder maker) => isOwn(maker);

    /// <exception cref="InvalidOperationException">Nothing was lost: matching would never end.</exception>
    public Prevention Prevent(RestingOrder maker, Quantity takerLeft)
    {
        var lost = prevent(maker, takerLeft);
        return lost.Taker.IsZero && lost.Maker.IsZero
            ? throw new InvalidOperationException($"a self-trade with order {maker.Id} was prevented, and neither side lost quantity")
            : lost;
    }
}
