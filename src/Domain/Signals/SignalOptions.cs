using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Domain.Signals;

/// <summary>Conditions under which a score becomes a signal.</summary>
public sealed class SignalOptions
{
    /// <summary>Refuses signals while any feature window is still filling. Default false.</summary>
    public bool RequireWarm { get; set; }

    /// <summary>Least confidence for a position, 0…1. Default 0.05; going flat needs none.</summary>
    [Range(0.0, 1.0)]
    public double MinConfidence { get; set; } = 0.05;

    /// <summary>
    /// Largest age of the last event at the sampling instant, in milliseconds of event time. Default 5,000.
    /// </summary>
    [Range(1, 3_600_000)]
    public int StaleDataMs { get; set; } = 5_000;

    /// <summary>
    /// Time after a change of direction in which no other position may be taken, in milliseconds of event time. Default
    /// 2,000.
    /// </summary>
    [Range(0, 86_400_000)]
    public int CoolDownMs { get; set; } = 2_000;

    /// <summary>
    /// Cost of entering and leaving a position: fees, spread and slippage, in basis points, 0…1000. Default 0.
    /// </summary>
    [Range(0.0, 1_000.0)]
    public double RoundTripCostBps { get; set; }

    /// <summary>
    /// Least expected move beyond <see cref="RoundTripCostBps"/>, in basis points, 0…1000. Default 0. Not applied to a
    /// model that states no expected move.
    /// </summary>
    [Range(0.0, 1_000.0)]
    public double MinEdgeBps { get; set; }
}
