namespace BtcAgent.Exchanges.Simulator.Matching;

/// <summary>Restrictions on a taking order.</summary>
/// <param name="SelfTrades">Prevents trades with its own account; null allows them.</param>
/// <param name="Lowest">Lowest price at which it may execute; null sets no bound.</param>
/// <param name="Highest">Highest price at which it may execute; null sets no bound.</param>
internal sealed record TakerTerms(SelfTradeGuard? SelfTrades, Price? Lowest, Price? Highest)
{
    public bool Allows(Price price) => !(price < Lowest) && !(price > Highest);
}
