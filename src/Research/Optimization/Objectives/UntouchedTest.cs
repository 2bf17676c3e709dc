using BtcAgent.Research.Backtests;
using BtcAgent.Research.Optimization.Spaces;
using BtcAgent.Research.Training;
using BtcAgent.Research.Validation;

namespace BtcAgent.Research.Optimization.Objectives;

/// <summary>
/// The one look at the untouched window: trains the winner on everything before it, purged and embargoed, and trades it there.
/// </summary>
/// <param name="data">All rows, those of the untouched window included.</param>
/// <param name="windows">Division of the rows.</param>
/// <param name="defaults">Values of parameters that the point leaves out.</param>
public sealed class UntouchedTest(SearchData data, SearchWindows windows, ForestSettings defaults)
{
    /// <summary>Seed of the training: the artefact's training uses another, so that no draw is special.</summary>
    private const int Seed = 20_001;

    /// <param name="point">The winner.</param>
    /// <param name="cancellationToken">Checked before each boosting round.</param>
    /// <exception cref="ArgumentException">There are too few rows before the window.</exception>
    public BacktestResult Run(ParameterPoint point, CancellationToken cancellationToken)
    {
        var settings = defaults.At(point, data.Rows.Features);
        var plan = settings.Plan with { Seed = Seed };
        var labelled = new LabelCache(data, FoldsOf).Of(settings.Horizon, settings.BarrierBps);
        var trainer = new FoldTrainer(data.Rows, labelled.Labels, labelled.Weights, plan);
        var trained = trainer.Train(labelled.Folds[0], null, cancellationToken);
        return TestRun.Of(data, windows.Untouched, trainer, trained, plan);
    }

    private List<Fold> FoldsOf(Datasets.FeatureDataset rows, Datasets.LabelSet labels)
    {
        var end = new Purging(rows, labels).EndOfTrainBefore(windows.Untouched, windows.Embargo);
        return end > 0
            ? [new Fold(0, [new RowRange(0, end)], [windows.Untouched])]
            : throw new ArgumentException("no rows before the untouched window remain for the training: give more bars");
    }
}
