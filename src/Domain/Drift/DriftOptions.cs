using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Domain.Drift;

/// <summary>Settings of a <see cref="DriftWatch"/>.</summary>
public sealed record DriftOptions
{
    /// <summary>Length of the window that is compared with the reference, in hours of event time. Default 168, a week.</summary>
    [Range(1, 8_760)]
    public int WindowHours { get; init; } = 168;

    /// <summary>Parts in which the window moves. Default 7.</summary>
    [Range(2, 64)]
    public int Blocks { get; init; } = 7;

    /// <summary>Shortest time between two rows, in milliseconds; rows between are left out. Default 60,000.</summary>
    [Range(1, 86_400_000)]
    public int StrideMs { get; init; } = 60_000;

    /// <summary>Rows before anything is judged. Default 1,000.</summary>
    [Range(30, 1_000_000)]
    public int RowsMin { get; init; } = 1_000;

    /// <summary>
    /// Neighbouring rows that count as one independent value in p-values: slow features repeat themselves. Default 60, an hour
    /// of minutes.
    /// </summary>
    [Range(1, 100_000)]
    public int CorrelatedRows { get; init; } = 60;

    /// <summary>Population stability index of a feature that has drifted. Default 0.2.</summary>
    [Range(0.01, 10.0)]
    public double AlarmPsi { get; init; } = PopulationStability.AlarmAt;

    /// <summary>Population stability index of a feature that is changing. Default 0.1.</summary>
    [Range(0.01, 10.0)]
    public double WarnPsi { get; init; } = PopulationStability.WarnAt;

    /// <summary>Expected share of false ones among the features that have drifted. Default 0.05.</summary>
    [Range(1e-6, 0.5)]
    public double FalseDiscoveryRate { get; init; } = 0.05;

    /// <summary>Share of drifted features that raises the alarm. Default 0.5.</summary>
    [Range(0.01, 1.0)]
    public double AlarmShare { get; init; } = 0.5;

    public TimeSpan BlockLength => TimeSpan.FromHours(WindowHours) / Blocks;
}
