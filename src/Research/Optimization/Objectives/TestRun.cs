using BtcAgent.Models.LightGbm.Native;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Metrics;
using BtcAgent.Research.Tracks;
using BtcAgent.Research.Training;

namespace BtcAgent.Research.Optimization.Objectives;

/// <summary>Trades a trained forest over rows that it has not seen, in the agent's ledger.</summary>
internal static class TestRun
{
    /// <param name="data">All rows.</param>
    /// <param name="test">Rows to trade.</param>
    /// <param name="trainer">Trainer of the forest.</param>
    /// <param name="trained">Forest with its calibration and policy.</param>
    /// <param name="plan">Costs and size of a position.</param>
    public static BacktestResult Of(SearchData data, Validation.RowRange test, FoldTrainer trainer, TrainedFold trained, TrainingPlan plan)
    {
        using var booster = Booster.FromText(trained.Outcome.ModelText);
        var scores = trainer.RawScores(booster, test);
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = trained.Calibration.Apply(scores[i]);
        }

        return new PolicyBacktest(data.PricesOf(test), plan.CostBps, plan.Fraction).Run(plan.Name, "", scores, _ => trained.Policy);
    }

    /// <summary>Annual Sharpe ratio of net returns; 0 without a trade, or where the returns do not vary.</summary>
    public static double Score(ReadOnlySpan<double> returns, ReturnPeriod period)
    {
        var sharpe = ReturnStatistics.Sharpe(returns, period.PerYear);
        return double.IsFinite(sharpe) ? sharpe : 0;
    }

    /// <summary>Track of one unit bought at the first row.</summary>
    public static EquityTrack BuyAndHold(SearchData data, Validation.RowRange rows)
    {
        var recorder = new EquityRecorder(data.Rows.Prices[rows.From], 0);
        for (var i = rows.From; i < rows.To; i++)
        {
            var price = data.Rows.Prices[i];
            recorder.Add(data.Rows.Times[i], price, price, true);
        }

        return recorder.Complete();
    }
}
