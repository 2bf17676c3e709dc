namespace BtcAgent.Exchanges.Simulator.Accounts;

/// <summary>A self-trade that did not happen, as the account's list of them shows it.</summary>
/// <param name="Id">From 0, by symbol.</param>
/// <param name="Symbol">Of both orders.</param>
/// <param name="TakerOrderId">The order that came.</param>
/// <param name="MakerOrderId">The order that rested.</param>
/// <param name="Mode">The taker's mode.</param>
/// <param name="Price">At which they would have traded.</param>
/// <param name="Quantity">That they would have traded.</param>
/// <param name="TakerLost">Ended of the taker; zero when it was spared.</param>
/// <param name="MakerLost">Ended of the maker; zero when it was spared.</param>
/// <param name="TimeMs">When.</param>
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
