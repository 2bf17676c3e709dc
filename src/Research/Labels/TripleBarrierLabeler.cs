using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Labels;

/// <summary>
/// Labels each row by what comes first: the price reaches the upper barrier (+1) or the lower one (−1), or the horizon
/// passes (0). Source: López de Prado, Advances in Financial Machine Learning, 2018, ch. 3.
/// </summary>
/// <remarks>
/// A step that opens beyond a barrier touches it at the open, at the open's price; otherwise a touched barrier counts at
/// its own price. A step that opens between the barriers and reaches both does not reveal the order: it counts as 0 at its
/// close, a win for neither a long nor a short position. The label ends with the step that decides it. A barrier touched
/// before a gap or the end of the data is known; a row without a touch before one is unknown.
/// </remarks>
public sealed class TripleBarrierLabeler(BarrierWidths widths, TimeSpan horizon)
{
    public string Definition => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"triple barrier, {widths.Definition}, {horizon.TotalSeconds} s");

    /// <param name="rows">Rows whose times and prices the labels start from.</param>
    /// <param name="path">Prices after them.</param>
    public LabelSet Label(FeatureDataset rows, PricePath path)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(horizon, TimeSpan.Zero);
        var labels = LabelWindow.Empty(Definition, horizon, rows.Rows);
        var (ups, downs) = widths.Of(rows, horizon);
        var window = new LabelWindow(path, horizon);
        var highs = new ExtremaTree(path.Highs, highest: true);
        var lows = new ExtremaTree(path.Lows, highest: false);
        for (var row = 0; row < rows.Rows; row++)
        {
            window.MoveTo(rows.Times[row]);
            if (window.First >= path.Steps || !double.IsFinite(ups[row]) || !double.IsFinite(downs[row]))
            {
                window.WriteUnknown(labels, row);
                continue;
            }

            var price = rows.Prices[row];
            var upper = price * Math.Exp(ups[row] / 1e4);
            var lower = price * Math.Exp(-downs[row] / 1e4);
            var touch = Earlier(highs.FirstReaching(upper, window.First), lows.FirstReaching(lower, window.First));
            if (touch >= 0 && touch <= window.Last && path.IsWhole(rows.Times[row], window.First, touch))
            {
                var (outcome, at) = Touch(path, touch, upper, lower);
                Write(labels, row, outcome, at / price, path.Ends[touch]);
            }
            else if (window.IsWhole)
            {
                var end = window.Last >= window.First ? path.Closes[window.Last] : price;
                Write(labels, row, 0, end / price, window.Deadline);
            }
            else
            {
                window.WriteUnknown(labels, row);
            }
        }

        return labels;
    }

    private static int Earlier(int a, int b) => a < 0 ? b : b < 0 ? a : Math.Min(a, b);

    private static (sbyte Outcome, double Price) Touch(PricePath path, int step, double upper, double lower)
    {
        var open = path.Opens[step];
        return open >= upper ? ((sbyte)1, open)
            : open <= lower ? ((sbyte)-1, open)
            : (path.Highs[step] >= upper, path.Lows[step] <= lower) switch
            {
                (true, true) => ((sbyte)0, path.Closes[step]),
                (true, false) => ((sbyte)1, upper),
                _ => ((sbyte)-1, lower),
            };
    }

    private static void Write(LabelSet labels, int row, sbyte outcome, double ratio, Timestamp end)
    {
        labels.Known[row] = true;
        labels.Outcome[row] = outcome;
        labels.ReturnBps[row] = (float)(1e4 * Math.Log(ratio));
        labels.EndTimes[row] = end;
    }
}
