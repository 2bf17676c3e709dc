using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Research.Optimization.Spaces;
using BtcAgent.Research.Training;

namespace BtcAgent.Research.Optimization.Objectives;

/// <summary>The training that a point of a search space describes. Parameters that the point leaves out keep the defaults.</summary>
/// <param name="Plan">Plan of the training.</param>
/// <param name="Horizon">Horizon of the label in bars or samples, 1 or more.</param>
/// <param name="BarrierBps">Distance of the label's barriers in basis points; 0 labels by the return at the horizon.</param>
public sealed record ForestSettings(TrainingPlan Plan, int Horizon, double BarrierBps)
{
    private const string GroupPrefix = "use_";

    /// <summary>Names of the parameters that a space for forests may have.</summary>
    public static ImmutableArray<string> Parameters { get; } =
    [
        "horizon", "barrier_bps", "sample_every", "leaves", "learning_rate", "min_rows", "rounds", "feature_fraction", "bagging_fraction",
        "entry", "entry_share", "exit_ratio", "fraction", .. FeatureGroups.Names.Select(g => GroupPrefix + g),
    ];

    /// <summary>Checks that a space has only parameters that are known here.</summary>
    /// <exception cref="SearchSpaceException">It has another; the message lists the known ones.</exception>
    public static void Check(SearchSpace space)
    {
        if (space.Parameters.FirstOrDefault(p => !Parameters.Contains(p.Name)) is { } unknown)
        {
            throw new SearchSpaceException($"'{unknown.Name}' is not a parameter of the training: use {string.Join(", ", Parameters)}");
        }
    }

    /// <summary>The settings at a point.</summary>
    /// <param name="point">Values of the active parameters.</param>
    /// <param name="features">Names of the dataset's features.</param>
    /// <exception cref="ArgumentException">A value is out of the training's range.</exception>
    public ForestSettings At(ParameterPoint point, ImmutableArray<string> features)
    {
        var plan = Plan with
        {
            SampleEvery = Whole("sample_every", Plan.SampleEvery),
            Leaves = Whole("leaves", Plan.Leaves),
            LearningRate = Number("learning_rate", Plan.LearningRate),
            MinRowsInLeaf = Whole("min_rows", Plan.MinRowsInLeaf),
            Rounds = Whole("rounds", Plan.Rounds),
            FeatureFraction = Number("feature_fraction", Plan.FeatureFraction),
            BaggingFraction = Number("bagging_fraction", Plan.BaggingFraction),
            EntryShare = point.TryGet("entry_share", out _) ? Number("entry_share", 0) : Plan.EntryShare,
            ExitRatio = Number("exit_ratio", Plan.ExitRatio),
            Fraction = (decimal)Number("fraction", (double)Plan.Fraction),
            WithoutFeatures = [.. features.Where(f => IsOff(FeatureGroups.Of(f)))],
        };
        plan.Check();
        var (horizon, barrier) = (Whole("horizon", Horizon), Number("barrier_bps", BarrierBps));
        return horizon >= 1 && barrier is >= 0 and < 10_000
            ? new ForestSettings(plan, horizon, barrier)
            : throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"horizon must be 1 or more and barrier_bps 0…9999, not {horizon} and {barrier}"));

        bool IsOff(string? group) => group is not null && point.TryGet(GroupPrefix + group, out var use) && use.Choice == "no";

        int Whole(string name, int fallback) => checked((int)Math.Round(Number(name, fallback)));

        double Number(string name, double fallback) => !point.TryGet(name, out var value) ? fallback
            : value.Kind == ParameterKind.Choice ? double.Parse(value.Choice, CultureInfo.InvariantCulture)
            : value.Number;
    }
}
