using System.ComponentModel.DataAnnotations;
using BtcAgent.Domain.Experiments;

namespace BtcAgent.Silo.Experiments;

/// <summary>
/// Rules of the experiments that compare challengers with the champion. Section <c>Experiments</c>. A running experiment keeps the
/// rules that it began with. Amounts of money are fractions of the capital.
/// </summary>
public sealed class ExperimentOptions
{
    public const string Section = "Experiments";

    private static readonly ExperimentPlan Defaults = new();

    /// <summary>False compares nothing. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Begins an experiment for each model that is moved to shadow. Default true.</summary>
    public bool BeginByItself { get; set; } = true;

    /// <summary>Seconds between two looks at the virtual accounts. Default 5.</summary>
    [Range(1, 3_600)]
    public int EvaluateSeconds { get; set; } = 5;

    /// <summary>Probability of promoting one or more challengers that are not better. Default 0.05.</summary>
    [Range(0.0001, 0.49)]
    public double Alpha { get; set; } = Defaults.Alpha;

    /// <summary>Challengers of a strategy that may run at a time and share <see cref="Alpha"/>. Default 1.</summary>
    [Range(1, 100)]
    public int Challengers { get; set; } = Defaults.Challengers;

    /// <summary>Days after which a comparison ends; 0 for an always-valid test without a fixed end. Default 365.</summary>
    [Range(0, ExperimentPlan.DaysLimit)]
    public int HorizonDays { get; set; } = Defaults.HorizonDays ?? 0;

    /// <summary>Looks at the data within the horizon. Default 12.</summary>
    [Range(1, 60)]
    public int Looks { get; set; } = Defaults.Looks;

    /// <summary>Shortest time in shadow, in days. Default 14.</summary>
    [Range(1, ExperimentPlan.DaysLimit)]
    public int ShadowDays { get; set; } = Defaults.ShadowDays;

    /// <summary>Fewest virtual fills of the challenger in shadow. Default 50.</summary>
    [Range(1, 1_000_000)]
    public int ShadowTrades { get; set; } = Defaults.ShadowTrades;

    /// <summary>Shortest time in canary, in days. Default 14.</summary>
    [Range(1, ExperimentPlan.DaysLimit)]
    public int CanaryDays { get; set; } = Defaults.CanaryDays;

    /// <summary>Fewest fills in canary. Default 50.</summary>
    [Range(1, 1_000_000)]
    public int CanaryTrades { get; set; } = Defaults.CanaryTrades;

    /// <summary>
    /// Greatest share of the capital of a strategy's portfolio that its canary portfolio may begin with; without one, the share of the
    /// virtual account's profit that counts as the canary's. Default 0.1.
    /// </summary>
    [Range(0.001, 0.5)]
    public double CanaryShare { get; set; } = Defaults.CanaryShare;

    /// <summary>Loss of the canary's share at which it is rolled back. Default 0.025.</summary>
    [Range(0.0001, 1.0)]
    public double CanaryLossMax { get; set; } = Defaults.CanaryLossMax;

    /// <summary>Rolls back a challenger that has earned this much less than the champion. Default 0.25.</summary>
    [Range(0.0001, 10.0)]
    public double ShortfallMax { get; set; } = Defaults.ShortfallMax;

    /// <summary>Stops for futility below this predictive power; 0 never does. Default 0.05.</summary>
    [Range(0.0, 0.5)]
    public double FutilityPower { get; set; } = Defaults.FutilityPower;

    /// <summary>Days in which a new champion can be rolled back. Default 14.</summary>
    [Range(1, ExperimentPlan.DaysLimit)]
    public int WatchDays { get; set; } = Defaults.WatchDays;

    /// <summary>A promotion waits for a person. Default true.</summary>
    public bool NeedsConfirmation { get; set; } = Defaults.NeedsConfirmation;

    /// <summary>Days for the confirmation, after which the experiment ends. Default 30.</summary>
    [Range(1, 365)]
    public int ConfirmationDays { get; set; } = Defaults.ConfirmationDays;

    /// <summary>The rules of an experiment that begins now.</summary>
    public ExperimentPlan ToPlan() => Defaults with
    {
        Alpha = Alpha,
        Challengers = Challengers,
        HorizonDays = HorizonDays == 0 ? null : HorizonDays,
        Looks = Looks,
        ShadowDays = ShadowDays,
        ShadowTrades = ShadowTrades,
        CanaryDays = CanaryDays,
        CanaryTrades = CanaryTrades,
        CanaryShare = CanaryShare,
        CanaryLossMax = CanaryLossMax,
        ShortfallMax = ShortfallMax,
        FutilityPower = FutilityPower,
        WatchDays = WatchDays,
        NeedsConfirmation = NeedsConfirmation,
        ConfirmationDays = ConfirmationDays,
    };
}
