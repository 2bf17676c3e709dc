namespace BtcAgent.Exchanges.Simulator.Flow;

/// <summary>Drivers of the fair value at a time; see <see cref="FairValue"/> for the order and the durations.</summary>
/// <param name="ImpactBps">Move by a parent order, in basis points per second; 0 between parent orders.</param>
/// <param name="VolatilityBps">Noise, in basis points per √second.</param>
/// <param name="FlowBias">Added to the probability that a taker buys, −0.5…0.5.</param>
internal sealed record MarketRegime(double ImpactBps, double VolatilityBps, double FlowBias)
{
    public static readonly MarketRegime Quiet = new(0, 0.25, 0);
    public static readonly MarketRegime Turbulent = new(0, 0.7, 0);
    public static readonly MarketRegime Buying = new(0.3, 0.3, 0.2);
    public static readonly MarketRegime Selling = new(-0.3, 0.3, -0.2);

    public bool IsParentOrder => ImpactBps != 0;
}
