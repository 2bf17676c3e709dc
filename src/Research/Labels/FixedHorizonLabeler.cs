using System.Globalization;
using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Labels;

/// <summary>
/// Labels each row with the log return to the last price at or before its time + horizon. Unknown where the path ends
/// before the horizon or has a gap.
/// </summary>
public sealed class FixedHorizonLabeler
{
    private readonly TimeSpan _horizon;

    /// <param name="horizon">Time to look ahead, above zero.</param>
    public FixedHorizonLabeler(TimeSpan horizon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(horizon, TimeSpan.Zero);
        _horizon = horizon;
    }

    public string Definition =>
        string.Create(CultureInfo.InvariantCulture, $"fixed horizon, {_horizon.TotalSeconds} s");

    /// <param name="rows">Rows whose times and prices the labels start from.</param>
    /// <param name="path">Prices after them.</param>
    public LabelSet Label(FeatureDataset rows, PricePath path)
    {
        var labels = LabelWindow.Empty(Definition, _horizon, rows.Rows);
        var window = new LabelWindow(path, _horizon);
        for (var row = 0; row < rows.Rows; row++)
        {
            window.MoveTo(rows.Times[row]);
            if (!window.IsWhole)
            {
                window.WriteUnknown(labels, row);
                continue;
            }

            // Without a step inside the horizon there was no trade, and the price is unchanged.
            var end = window.Last >= window.First ? path.Closes[window.Last] : rows.Prices[row];
            labels.Known[row] = true;
            labels.Outcome[row] = (sbyte)Math.Sign(end - rows.Prices[row]);
            labels.ReturnBps[row] = (float)(1e4 * Math.Log(end / rows.Prices[row]));
            labels.EndTimes[row] = window.Deadline;
        }

        return labels;
    }
}
