using System.Collections.Immutable;
using System.Text.Json.Serialization;
using BtcAgent.Domain.Models;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Metrics;
using BtcAgent.Research.Tracks;
using BtcAgent.Research.Training;
using BtcAgent.Research.Verdicts;

namespace BtcAgent.Research.Reports;

/// <summary>Content of a report.</summary>
/// <param name="Title">The headline.</param>
/// <param name="Result">The backtest, or the out-of-sample run of a training.</param>
/// <param name="Metrics">Metrics of the result.</param>
/// <param name="Training">Evaluation of the model; null for a plain backtest.</param>
/// <param name="Lineage">Origin of data, code and parameters.</param>
public sealed record ReportContent(
    string Title,
    BacktestResult Result,
    PerformanceMetrics Metrics,
    TrainingRun? Training,
    ImmutableSortedDictionary<string, string> Lineage)
{
    /// <summary>The verdict: of a training on its out-of-sample run; of a backtest only whether its figures are defined.</summary>
    [JsonIgnore]
    public Verdict Verdict => Training is { } training
        ? training.Verdict ?? Verdict.NotJudged
        : VerdictRules.OfBacktest(Metrics, Result.RoundTrips.Length, Result.Fills.Length);

    internal EquityTrack Track => PerformanceMetrics.TrackOf(Result);

    public static ReportContent Of(BacktestResult result) => new(
        result.Strategy, result, PerformanceMetrics.From(result, TrialsOf(null, result)), null, ImmutableSortedDictionary<string, string>.Empty);

    public static ReportContent Of(TrainingRun run) => new(
        run.OutOfSample.Strategy,
        run.OutOfSample,
        PerformanceMetrics.From(run.OutOfSample, TrialsOf(run, run.OutOfSample)),
        run,
        run.Artefact?.Manifest.Lineage ?? ImmutableSortedDictionary<string, string>.Empty);

    /// <summary>In a sweep, and in a run stored before trials were clustered, each trial counts.</summary>
    internal static int TrialsOf(TrainingRun? training, BacktestResult result) =>
        training is null ? result.Sweep?.Tried ?? 1 : training.IndependentTrials > 0 ? training.IndependentTrials : Math.Max(1, training.Trials);
}
