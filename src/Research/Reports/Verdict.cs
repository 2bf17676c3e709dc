using BtcAgent.Research.Reports.Charts;

namespace BtcAgent.Research.Reports;

/// <summary>The verdict: whether the edge survives its costs on data that it was not made from.</summary>
/// <param name="Survives">True, false, or null when no data was held back.</param>
/// <param name="Text">The verdict in one sentence.</param>
public sealed record Verdict(bool? Survives, string Text)
{
    /// <summary>Smallest probability that the Sharpe ratio is better than luck, after the trials made.</summary>
    public const double DeflatedSharpeMin = 0.95;

    /// <summary>Largest probability of overfitting.</summary>
    public const double OverfittingMax = 0.5;

    public static Verdict Of(ReportContent content)
    {
        var m = content.Metrics;
        var net = $"{Html.Percent(m.TotalReturn)} after costs in {content.Result.RoundTrips.Length} round trips (before costs {Html.Fixed(m.GrossProfit, 0)} {content.Result.QuoteAsset})";
        if (content.Training is not { } training)
        {
            return new(null, content.Result.Fills.IsEmpty
                ? "It did not trade."
                : $"{net}. In-sample evidence only: nothing was held back, so this says nothing about an edge to come.");
        }

        if (content.Result.Fills.IsEmpty)
        {
            return new(false, "No edge survives costs: in no fold did any threshold earn its costs on validation rows, so the model never trades.");
        }

        var gains = training.Folds.Count(f => f.NetReturn > 0);
        var folds = $"{gains} of {training.Folds.Length} folds gained";
        var sure = $"deflated Sharpe ratio {Html.Percent(m.DeflatedSharpe, 0)}, probability of overfitting {Html.Percent(training.OverfittingProbability, 0)}";
        var survives = m.TotalReturn > 0 && gains * 2 > training.Folds.Length && m.DeflatedSharpe >= DeflatedSharpeMin
            && !(training.OverfittingProbability > OverfittingMax);
        return new(survives, survives
            ? $"The edge survives costs out of sample: {net}; {folds}; {sure}."
            : m.TotalReturn > 0
                ? $"Not proven: {net}, but it may be luck; {folds}; {sure}."
                : $"No edge survives costs out of sample: {net}; {folds}; {sure}.");
    }
}
