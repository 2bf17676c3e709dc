namespace BtcAgent.Exchanges.Simulator.Accounts;

/// <summary>A prevented self-trade, as the account's list of them shows it.</summary>
/// <param name="Id">Counts from 0 per symbol.</param>
/// <param name="Symbol">Symbol of both orders.</param>
/// <param name="TakerOrderId">The incoming order.</param>
/// <param name="MakerOrderId">The resting order.</param>
/// <param name="Mode">The taker's mode.</param>
/// <param name="Price">Price at which they would have traded.</param>
/// <param name="Quantity">Quantity that they would have traded.</param>
/// <param name="TakerLost">Quantity removed from the taker; zero when it was spared.</param>
/// <param name="MakerLost">Quantity removed from the maker; zero when it was spared.</param>
/// <param name="TimeMs">Venue time in milliseconds since 1970 UTC.</param>
internal sealed record PreventedMatch(
    long Id,
    string Symbol,
    long TakerOrderId,
    long MakerOrderId,
    string Mode,
    Price Price,
    Quantity Quantity,
    Quantity TakerLost,
    Quantity MakerLost,
    long TimeMs)
{
    public Quantity LostBy(long orderId) => orderId == TakerOrderId ? TakerLost : MakerLost;

    public long CounterOf(long orderId) => orderId == TakerOrderId ? MakerOrderId : TakerOrderId;
}
