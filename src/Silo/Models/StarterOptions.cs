using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Silo.Models;

/// <summary>The model that a new agent trains for itself on the embedded venue. Section <c>StarterModel</c>.</summary>
public sealed class StarterOptions
{
    public const string Section = "StarterModel";

    /// <summary>False leaves a strategy without a champion to its fallback rule.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Simulated history to learn from, in minutes; an hour takes about three seconds.</summary>
    [Range(20, 1_440)]
    public int HistoryMinutes { get; set; } = 180;

    /// <summary>How far ahead the label looks, in seconds.</summary>
    [Range(1, 3_600)]
    public int HorizonSeconds { get; set; } = 20;

    /// <summary>
    /// Cost of one side that its entry threshold has to earn, in basis points. The simulated market pays no model
    /// Binance's fee of 10: with 1 the starter trades, and shows the fees it loses.
    /// </summary>
    [Range(0.0, 100.0)]
    public decimal CostBps { get; set; } = 1;
}
