using System.Globalization;
using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Labels;

/// <summary>Distance of the two price barriers from each row's price, in basis points of log price.</summary>
public sealed class BarrierWidths
{
    private readonly double _up;
    private readonly double _down;
    private readonly int _halfLifeRows;

    private BarrierWidths(double up, double down, int halfLifeRows, string definition)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(up);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(down);
        (_up, _down, _halfLifeRows, Definition) = (up, down, halfLifeRows, definition);
    }

    public string Definition { get; }

    /// <summary>The same widths for each row, in basis points.</summary>
    public static BarrierWidths Fixed(double upBps, double downBps) =>
        new(upBps, downBps, 0, string.Create(CultureInfo.InvariantCulture, $"+{upBps}/-{downBps} bps"));

    /// <summary>
    /// Multiples of the standard deviation of returns over the horizon, as known at the row: squared log returns between
    /// rows per second, exponentially weighted with the half-life, scaled by √horizon. Rows within the first half-life have
    /// no widths, and therefore no label.
    /// </summary>
    public static BarrierWidths OfVolatility(double upMultiple, double downMultiple, int halfLifeRows)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(halfLifeRows);
        return new(upMultiple, downMultiple, halfLifeRows, string.Create(
            CultureInfo.InvariantCulture, $"+{upMultiple}/-{downMultiple} deviations (half-life {halfLifeRows} rows)"));
    }

    internal (double[] Ups, double[] Downs) Of(FeatureDataset rows, TimeSpan horizon)
    {
        var (ups, downs) = (new double[rows.Rows], new double[rows.Rows]);
        var decay = _halfLifeRows == 0 ? 0 : Math.Pow(2, -1.0 / _halfLifeRows);
        double sum = 0, weight = 0;
        for (var row = 0; row < rows.Rows; row++)
        {
            if (_halfLifeRows > 0 && row > 0)
            {
                var bps = 1e4 * Math.Log(rows.Prices[row] / rows.Prices[row - 1]);
                sum = (decay * sum) + (bps * bps / (rows.Times[row] - rows.Times[row - 1]).TotalSeconds);
                weight = (decay * weight) + 1;
            }

            var unit = _halfLifeRows == 0 ? 1
                : row >= _halfLifeRows && sum > 0 ? Math.Sqrt(sum / weight * horizon.TotalSeconds)
                : double.NaN;
            (ups[row], downs[row]) = (_up * unit, _down * unit);
        }

        return (ups, downs);
    }
}
