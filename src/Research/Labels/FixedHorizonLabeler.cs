using System.Globalization;
using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Labels;

/// <summary>Labels each row by the sign of its log return up to the first point at or after a horizon.</summary>
/// <param name="horizon">Above zero.</param>
/// <param name="lateness">How much later than the horizon that point may lie; beyond, the label is unknown (a gap in the data).</param>
public sealed class FixedHorizonLabeler(TimeSpan horizon, TimeSpan lateness)
{
    public string Definition => string.Create(CultureInfo.InvariantCulture, $"sign of the log return over {horizon.TotalSeconds:R} s");

    public LabelSet Label(PricePath path)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(horizon, TimeSpan.Zero);
        var labels = LabelSet.Unknown(Definition, (horizon + lateness).Ticks * 100, path.Times);
        var end = 0;
        for (var i = 0; i < path.Count; i++)
        {
            while (end < path.Count && path.Times[end] - path.Times[i] < horizon)
            {
                end++;
            }

            if (end < path.Count && path.Times[end] - path.Times[i] <= horizon + lateness)
            {
                var move = 1e4 * Math.Log(path.Closes[end] / path.Closes[i]);
                labels.Set(i, (sbyte)Math.Sign(move), (float)move, path.Times[end]);
            }
        }

        return labels;
    }
}
