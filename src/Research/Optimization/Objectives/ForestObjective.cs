using BtcAgent.Models.LightGbm.Native;
using BtcAgent.Research.Optimization.Spaces;
using BtcAgent.Research.Optimization.Studies;
using BtcAgent.Research.Tracks;
using BtcAgent.Research.Training;
using BtcAgent.Research.Validation;

namespace BtcAgent.Research.Optimization.Objectives;

/// <summary>
/// The quality of a training: each fold trains a forest on its past, purged and embargoed, chooses the entry on the last part of
/// that past, and trades the test window after it with costs, an order being filled one row after its decision. The score of a
/// fold is the annual Sharpe ratio of its net returns; 0 without a trade, which is the benchmark of not trading.
/// </summary>
public sealed class ForestObjective : ITrialObjective
{
    private readonly SearchData _data;
    private readonly ForestSettings _defaults;
    private readonly LabelCache _labels;
    private readonly string _periodText;

    /// <param name="data">Rows of the search window only.</param>
    /// <param name="defaults">Values of parameters that a point leaves out; its plan has folds, costs and embargo. One thread a
    /// training, so that jobs do not wait for each other.</param>
    public ForestObjective(SearchData data, ForestSettings defaults)
    {
        _data = data;
        _defaults = defaults with { Plan = defaults.Plan with { Threads = 1 } };
        var split = new WalkForward(defaults.Plan.Folds, Embargo.OfShare(data.Rows, defaults.Plan.Embargo));
        _labels = new LabelCache(data, split.Split);
        Folds = defaults.Plan.Folds;
        ReturnPeriod[] periods = [.. TestWindows().Select(window => ReturnPeriod.For(window.To - window.From))];
        Period = periods.MaxBy(period => period.Length)!;
        _periodText = periods.All(period => period == Period) ? "" : $" period={Period.Name}";
    }

    /// <summary>Period of all returns: that of the longest test window. Windows have equally many rows, but pauses between them.</summary>
    public ReturnPeriod Period { get; }

    public int Folds { get; }

    /// <summary>Describes everything that a result depends on besides its arguments: data, costs, folds, defaults.</summary>
    /// <param name="dataHash">Hash of the data.</param>
    public string Describe(string dataHash)
    {
        var plan = _defaults.Plan;
        return FormattableString.Invariant(
            $"forest v1 data={dataHash} rows={_data.Rows.Rows} folds={plan.Folds} embargo={plan.Embargo} cost_bps={plan.CostBps} horizon={_defaults.Horizon} barrier_bps={_defaults.BarrierBps} validation_share={plan.ValidationShare} early_stopping={plan.EarlyStoppingRounds} rounds={plan.Rounds} leaves={plan.Leaves} learning_rate={plan.LearningRate} min_rows={plan.MinRowsInLeaf} feature_fraction={plan.FeatureFraction} bagging_fraction={plan.BaggingFraction} calibration={plan.Calibration} fraction={plan.Fraction}{_periodText}");
    }

    /// <inheritdoc/>
    public FoldScore Evaluate(ParameterPoint point, int fold, ulong seed, CancellationToken ct)
    {
        try
        {
            var settings = _defaults.At(point, _data.Rows.Features);
            var labelled = _labels.Of(settings.Horizon, settings.BarrierBps);
            var plan = settings.Plan with { Seed = (int)(seed & int.MaxValue) };
            var trainer = new FoldTrainer(_data.Rows, labelled.Labels, labelled.Weights, plan);
            var trained = trainer.Train(labelled.Folds[fold], null, ct);
            var result = TestRun.Of(_data, labelled.Folds[fold].Test[0], trainer, trained, plan);
            var returns = result.Track!.ReturnsIn(Period);
            return new FoldScore(TestRun.Score(returns.AsSpan(), Period), returns);
        }
        catch (Exception e) when (e is ArgumentException or LightGbmException)
        {
            // Too few rows for this horizon, or labels of one kind: the trial fails, the search continues.
            return new FoldScore(double.NaN, []);
        }
    }

    /// <summary>Returns of buying at the first row of each fold's test window and holding, in the periods of the trials' returns.</summary>
    public IReadOnlyList<double[]> BuyAndHold()
    {
        var labelled = _labels.Of(_defaults.Horizon, _defaults.BarrierBps);
        return [.. labelled.Folds.Select(f => TestRun.BuyAndHold(_data, f.Test[0]).ReturnsIn(Period).ToArray())];
    }

    /// <summary>First and last time of each fold's test window.</summary>
    public IReadOnlyList<(Timestamp From, Timestamp To)> TestWindows()
    {
        var labelled = _labels.Of(_defaults.Horizon, _defaults.BarrierBps);
        return [.. labelled.Folds.Select(f => (_data.Rows.Times[f.Test[0].From], _data.Rows.Times[f.Test[0].To - 1]))];
    }
}
