using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Research.Experiments;

/// <summary>Settings of the simulated daily profits, as fractions of the capital.</summary>
public sealed record SimulatedProfits
{
    public const int DaysPerYear = 365;

    /// <summary>Standard deviation of a day. Default 0.02, 38 % a year.</summary>
    [Range(1e-4, 0.5)]
    public double Volatility { get; init; } = 0.02;

    /// <summary>Annualised Sharpe ratio of the champion. Default 1.</summary>
    [Range(-10.0, 10.0)]
    public double ChampionSharpe { get; init; } = 1;

    /// <summary>Correlation with the day before. Default 0.1.</summary>
    [Range(-0.9, 0.9)]
    public double Autocorrelation { get; init; } = 0.1;

    /// <summary>Degrees of freedom of Student's t of a day; fewer mean heavier tails. Default 4.</summary>
    [Range(3, 1_000)]
    public int TailDegrees { get; init; } = 4;

    /// <summary>Correlation of the logarithm of volatility with the day before. Default 0.95.</summary>
    [Range(0.0, 0.99)]
    public double VolatilityPersistence { get; init; } = 0.95;

    /// <summary>Standard deviation of the logarithm of volatility. Default 0.35.</summary>
    [Range(0.0, 1.0)]
    public double VolatilitySpread { get; init; } = 0.35;

    /// <summary>Cost of a day of trading against the signal. Default 0.0005.</summary>
    [Range(0.0, 0.1)]
    public double FlippedCost { get; init; } = 0.0005;
}
