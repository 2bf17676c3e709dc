using System.Collections.Immutable;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Metrics;
using BtcAgent.Research.Tracks;
using BtcAgent.Research.Training;

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
    internal EquityTrack Track => PerformanceMetrics.TrackOf(Result);

    public static ReportContent Of(BacktestResult result) => new(
        result.Strategy, result, PerformanceMetrics.From(result), null, ImmutableSortedDictionary<string, string>.Empty);

    public static ReportContent Of(TrainingRun run) => new(
        run.OutOfSample.Strategy,
        run.OutOfSample,
        PerformanceMetrics.From(run.OutOfSample, run.Trials, run.TrialSharpeVariance),
        run,
        run.Artefact?.Manifest.Lineage ?? ImmutableSortedDictionary<string, string>.Empty);
}
