namespace BtcAgent.Exchanges.Simulator.Flow;

/// <summary>How the fair value moves for a while.</summary>
/// <param name="DriftBps">Basis points per second.</param>
/// <param name="VolatilityBps">Basis points per √second.</param>
/// <param name="MeanSeconds">Mean duration.</param>
internal readonly record struct MarketRegime(double DriftBps, double VolatilityBps, double MeanSeconds)
{
    /// <summary>Calm, up, down, volatile; a regime is followed by any other with equal chance.</summary>
    public static readonly MarketRegime[] All =
    [
        new(0, 0.25, 25),
        new(0.30, 0.35, 45),
        new(-0.30, 0.35, 45),
        new(0, 0.9, 20),
    ];
}
