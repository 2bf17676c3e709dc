using BtcAgent.Domain.Models;
using BtcAgent.Research.Training;

namespace BtcAgent.Cli.Training;

/// <summary>The output of <c>train --json</c> and <c>walkforward --json</c>.</summary>
internal sealed record TrainingSummary(
    string? Model,
    string? Folder,
    double Auc,
    double LogLoss,
    double Brier,
    double CalibrationError,
    double OutOfSampleNetReturn,
    int RoundTrips,
    double OverfittingProbability,
    IReadOnlyList<FoldResult> Folds,
    Verdict Verdict,
    string Fill)
{
    /// <summary>The part of each group of features; null when it was not asked for.</summary>
    public AblationReport? Ablation { get; init; }

    public static TrainingSummary Of(TrainingRun run, string? folder) => new(
        run.Artefact?.Id,
        folder,
        run.Calibrated.Auc,
        run.Calibrated.LogLoss,
        run.Calibrated.Brier,
        run.Calibrated.ExpectedCalibrationError,
        (double)((run.OutOfSample.FinalCash / run.OutOfSample.InitialCash) - 1),
        run.OutOfSample.RoundTrips.Length,
        run.OverfittingProbability,
        run.Folds,
        run.Verdict ?? Verdict.NotJudged,
        run.Fill)
    {
        Ablation = run.Ablation,
    };
}
