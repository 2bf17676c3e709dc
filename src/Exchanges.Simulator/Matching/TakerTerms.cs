namespace BtcAgent.Exchanges.Simulator.Matching;

/// <summary>What a taking order may not do.</summary>
/// <param name="SelfTrades">Keeps it from trading with its own account; null lets it.</param>
/// <param name="Lowest">Lowest price at which it may execute; null sets none.</param>
/// <param name="Highest">Highest price at which it may execute; null sets none.</param>
internal sealed record TakerTerms(SelfTradeGuard? SelfTrades, Price? Lowest, Price? Highest)
{
    public bool Allows(Price price) => !(price < Lowest) && !(price > Highest);
}
