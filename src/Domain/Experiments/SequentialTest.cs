using System.Collections.Immutable;
using BtcAgent.Domain.Statistics;

namespace BtcAgent.Domain.Experiments;

/// <summary>Compares a challenger with its champion by the daily differences so far, by the plan's method.</summary>
/// <param name="plan">The rules.</param>
/// <param name="boundaries">As by <see cref="BoundariesOf"/>; empty without a horizon.</param>
public readonly struct SequentialTest(ExperimentPlan plan, ImmutableArray<double> boundaries)
{
    /// <summary>Days before the first look of a test without a horizon: fewer give no error of the mean.</summary>
    public const int DaysMin = 20;

    /// <summary>The test is sharpest after a third of the longest duration.</summary>
    private double Precision => NormalMixture.PrecisionFor(plan.DaysMax / 3.0, plan.AlphaEach);

    /// <summary>Boundaries of the plan's looks; empty without a horizon.</summary>
    public static ImmutableArray<double> BoundariesOf(ExperimentPlan plan) => plan.HorizonDays is { } horizon
        ? GroupSequential.Boundaries(plan.AlphaEach, [.. LookDays(plan, horizon).Select(day => (double)day / horizon)])
        : [];

    /// <summary>Looks if one is due after these days.</summary>
    /// <param name="differences">Challenger less champion, one a day, in order.</param>
    /// <param name="logEvidence">Greatest log evidence of the earlier looks; 0 before the first. Updated.</param>
    /// <returns>Null on a day without a look.</returns>
    public ExperimentLook? Look(ReadOnlySpan<double> differences, ref double logEvidence) => plan.HorizonDays is { } horizon
        ? LookWithin(differences, horizon)
        : LookAlways(differences, ref logEvidence);

    /// <summary>Probability that the comparison, continued to its end, shows the challenger to be better; on any day.</summary>
    /// <param name="differences">Challenger less champion, one a day, in order.</param>
    public double PredictivePower(ReadOnlySpan<double> differences)
    {
        var days = plan.HorizonDays ?? plan.DaysMax;
        return differences.IsEmpty ? 0.5 : GroupSequential.PredictivePower(
            MeanEstimate.Of(differences).Z,
            Math.Min(1, (double)differences.Length / days),
            plan.HorizonDays is null ? NormalMixture.Boundary(days, Precision, plan.AlphaEach) : boundaries[^1]);
    }

    private ExperimentLook? LookWithin(ReadOnlySpan<double> differences, int horizon)
    {
        var days = differences.Length;
        var number = (int)((long)days * plan.Looks / horizon);
        if (number < 1 || number > plan.Looks || DayOf(plan, horizon, number) != days)
        {
            return null;
        }

        var estimate = MeanEstimate.Of(differences);
        var (fraction, boundary) = ((double)days / horizon, boundaries[number - 1]);
        var power = GroupSequential.PredictivePower(estimate.Z, fraction, boundaries[^1]);
        var answer = estimate.Z >= boundary ? LookAnswer.Better
            : number == plan.Looks ? LookAnswer.HorizonReached
            : power < plan.FutilityPower ? LookAnswer.Futile
            : LookAnswer.Continue;
        return New(number, fraction, estimate, boundary, null, power, answer);
    }

    private ExperimentLook? LookAlways(ReadOnlySpan<double> differences, ref double logEvidence)
    {
        var days = differences.Length;
        if (days < DaysMin)
        {
            return null;
        }

        var estimate = MeanEstimate.Of(differences);
        logEvidence = Math.Max(logEvidence, NormalMixture.LogEvidence(estimate.Z, days, Precision));
        var boundary = NormalMixture.Boundary(days, Precision, plan.AlphaEach);
        var pValue = Math.Exp(-logEvidence);
        var answer = pValue <= plan.AlphaEach ? LookAnswer.Better
            : days >= plan.DaysMax ? LookAnswer.HorizonReached
            : estimate.Mean + (boundary * estimate.StandardError) < plan.UsefulEdge ? LookAnswer.Futile
            : LookAnswer.Continue;
        return New(days - DaysMin + 1, Math.Min(1, (double)days / plan.DaysMax), estimate, boundary, pValue, null, answer);
    }

    private ExperimentLook New(
        int number, double fraction, MeanEstimate estimate, double boundary, double? pValue, double? power, LookAnswer answer)
    {
        var reach = boundary * estimate.StandardError;
        return new(
            plan.Method, number, fraction, estimate, boundary, Known(estimate.Mean - reach), Known(estimate.Mean + reach), pValue, power, answer);
    }

    private static double? Known(double value) => double.IsFinite(value) ? value : null;

    private static IEnumerable<int> LookDays(ExperimentPlan plan, int horizon) =>
        Enumerable.Range(1, plan.Looks).Select(number => DayOf(plan, horizon, number));

    /// <summary>The first day on which the share of the horizon that is over reaches that of the look.</summary>
    private static int DayOf(ExperimentPlan plan, int horizon, int number) => (int)((((long)number * horizon) + plan.Looks - 1) / plan.Looks);
}
