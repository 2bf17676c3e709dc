using System.Globalization;
using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Labels;

/// <summary>
/// Labels each row by the barrier its price touches first: +1 for the upper, −1 for the lower, 0 when the horizon comes
/// first. When one point's range touches both, the outcome is 0 and the return that of its close: which came first is not
/// known. Source: López de Prado 2018, ch. 3.
/// </summary>
/// <param name="barrierBps">Distance of both barriers from the row's price, in basis points, above 0.</param>
/// <param name="horizon">Above zero.</param>
/// <param name="gapMax">Longest pause between points within a label; a longer one makes the label unknown.</param>
public sealed class TripleBarrierLabeler(double barrierBps, TimeSpan horizon, TimeSpan gapMax)
{
    public string Definition => string.Create(
        CultureInfo.InvariantCulture, $"triple barrier, {barrierBps:R} bps up and down, {horizon.TotalSeconds:R} s");

    public LabelSet Label(PricePath path)
    {
        if (!(barrierBps > 0) || horizon <= TimeSpan.Zero)
        {
            throw new ArgumentException($"barrier and horizon must be above 0, not {barrierBps} bps and {horizon}");
        }

        var labels = LabelSet.Unknown(Definition, (horizon + gapMax).Ticks * 100, path.Times);
        var (up, down) = (Math.Exp(barrierBps * 1e-4), Math.Exp(-barrierBps * 1e-4));
        for (var i = 0; i < path.Count; i++)
        {
            var (high, low, deadline) = (path.Closes[i] * up, path.Closes[i] * down, path.Times[i] + horizon);
            for (var j = i + 1; j < path.Count && path.Times[j] - path.Times[j - 1] <= gapMax; j++)
            {
                if (path.Times[j] > deadline)
                {
                    Set(labels, path, i, j - 1, 0);
                    break;
                }

                var (above, below) = (path.Highs[j] >= high, path.Lows[j] <= low);
                if (above || below)
                {
                    Set(labels, path, i, j, (sbyte)(above && below ? 0 : above ? 1 : -1));
                    break;
                }
            }
        }

        return labels;
    }

    /// <summary>A touched barrier is the return; whatever the close made of it afterwards is not the label's.</summary>
    private void Set(LabelSet labels, PricePath path, int row, int end, sbyte outcome)
    {
        if (end == row)
        {
            return;
        }

        var move = outcome == 0 ? 1e4 * Math.Log(path.Closes[end] / path.Closes[row]) : outcome * barrierBps;
        labels.Set(row, outcome, (float)move, path.Times[end]);
    }
}
