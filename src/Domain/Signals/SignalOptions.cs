using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Domain.Signals;

/// <summary>What a score must satisfy to become a signal.</summary>
public sealed class SignalOptions
{
    /// <summary>Refuse while any feature window is still filling.</summary>
    public bool RequireWarm { get; set; }

    /// <summary>Least confidence for a position, 0…1. Going flat needs none.</summary>
    [Range(0.0, 1.0)]
    public double MinConfidence { get; set; } = 0.05;

    /// <summary>Oldest last event at the sampling instant, in milliseconds of event time.</summary>
    [Range(1, 3_600_000)]
    public int StaleDataMs { get; set; } = 5_000;

    /// <summary>Event time after a change of direction in which no other position may be taken, in milliseconds.</summary>
    [Range(0, 86_400_000)]
    public int CoolDownMs { get; set; } = 2_000;

    /// <summary>What entering and leaving a position costs: fees, spread and slippage, in basis points, 0…1000.</summary>
    [Range(0.0, 1_000.0)]
    public double RoundTripCostBps { get; set; }

    /// <summary>
    /// Least expected move beyond <see cref="RoundTripCostBps"/>, in basis points, 0…1000. A model that states no
    /// expected move is not judged by it.
    /// </summary>
    [Range(0.0, 1_000.0)]
    public double MinEdgeBps { get; set; }
}
