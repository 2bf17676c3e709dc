using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Silo.Models;

/// <summary>Options of the starter model, which a new agent trains on the embedded venue. Section <c>StarterModel</c>.</summary>
public sealed class StarterOptions
{
    public const string Section = "StarterModel";

    /// <summary>False trains no starter model. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Minutes of simulated history to train on; an hour takes about three seconds. Default 240.</summary>
    [Range(20, 1_440)]
    public int HistoryMinutes { get; set; } = 240;

    /// <inheritdoc cref="HistoryMinutes"/>
    public TimeSpan History => TimeSpan.FromMinutes(HistoryMinutes);

    /// <summary>Horizon of the label, in seconds. Default 60.</summary>
    [Range(1, 3_600)]
    public int HorizonSeconds { get; set; } = 60;

    /// <inheritdoc cref="HorizonSeconds"/>
    public TimeSpan Horizon => TimeSpan.FromSeconds(HorizonSeconds);

    /// <summary>
    /// Cost of one side that the entry threshold must cover, in basis points. Default 10, the taker fee of the paper options.
    /// </summary>
    [Range(0.0, 100.0)]
    public decimal CostBps { get; set; } = 10;
}
