using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Research.Metrics;
using BtcAgent.Research.Tracks;

namespace BtcAgent.Research.Training;

/// <summary>Mean and deviation of a day's profit out of sample, with which the profit of the served model is compared.</summary>
internal static class DailyFigures
{
    private const int ReturnsMin = 30;
    private const double DaysMin = 2;

    /// <param name="track">The out-of-sample run; null when it was not kept.</param>
    /// <param name="fraction">Fraction of equity in its positions, above 0.</param>
    /// <returns>The metrics of the manifest; none for a run of less than two days, or without a trade.</returns>
    public static IEnumerable<KeyValuePair<string, double>> Of(EquityTrack? track, double fraction)
    {
        if (track is not { Returns.Length: >= ReturnsMin } || (track.To - track.From).TotalDays < DaysMin)
        {
            return [];
        }

        var returns = track.Returns.AsSpan();
        var (mean, deviation) = (ReturnStatistics.Mean(returns), ReturnStatistics.StandardDeviation(returns));
        var periods = TimeSpan.FromDays(1) / track.Period.Length;
        return deviation <= Resolution.Return
            ? []
            : [new(ModelManifest.DayMeanMetric, mean * periods / fraction), new(ModelManifest.DayDeviationMetric, deviation * Math.Sqrt(periods) / fraction)];
    }
}
