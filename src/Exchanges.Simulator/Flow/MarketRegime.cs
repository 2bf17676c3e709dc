namespace BtcAgent.Exchanges.Simulator.Flow;

/// <summary>Drift and volatility of the fair value for a random duration.</summary>
/// <param name="DriftBps">Basis points per second.</param>
/// <param name="VolatilityBps">Basis points per √second.</param>
/// <param name="MeanSeconds">Mean duration.</param>
internal readonly record struct MarketRegime(double DriftBps, double VolatilityBps, double MeanSeconds)
{
    /// <summary>Calm, up, down, volatile; each is followed by any of the others with equal probability.</summary>
    public static readonly MarketRegime[] All =
    [
        new(0, 0.25, 15),
        new(0.40, 0.35, 25),
        new(-0.40, 0.35, 25),
        new(0, 0.9, 12),
    ];
}
