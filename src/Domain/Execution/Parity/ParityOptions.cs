using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Domain.Execution.Parity;

/// <summary>When live orders count as worse than their simulated twins.</summary>
public sealed class ParityOptions
{
    /// <summary>Newest orders that percentiles are taken over. Default 200.</summary>
    [Range(1, 10_000)]
    public int Window { get; set; } = 200;

    /// <summary>Weight of the newest order in the running averages. Default 0.05.</summary>
    [Range(0.0001, 1.0)]
    public double Weight { get; set; } = 0.05;

    /// <summary>Orders compared before anything can trip. Default 20.</summary>
    [Range(1, 10_000)]
    public int MinOrders { get; set; } = 20;

    /// <summary>Most average slippage beyond the twin's, in basis points. Default 5.</summary>
    [Range(0.0, 10_000.0)]
    public double MaxSlippageBps { get; set; } = 5;

    /// <summary>Most average delay of fills behind the twin's, in milliseconds. Default 2,000.</summary>
    [Range(0.0, 3_600_000.0)]
    public double MaxDelayMs { get; set; } = 2_000;

    /// <summary>Most average share of the quantity that only the twin fills. Default 0.2.</summary>
    [Range(0.0, 1.0)]
    public double MaxFillRatioShortfall { get; set; } = 0.2;

    /// <summary>How long a twin may go on after its live order has ended, in milliseconds. Default 5,000.</summary>
    [Range(0, 3_600_000)]
    public int TwinGraceMs { get; set; } = 5_000;
}
