using System.Collections.Immutable;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Training;

/// <summary>
/// Trades a column of out-of-sample probabilities over a dataset: what the policy wants at one row is filled at the next
/// row's price, with costs on each side. Fast enough to compare policies; the backtests of <c>Backtests/</c> run the
/// finished model through the complete core.
/// </summary>
/// <param name="data">Rows of the probabilities.</param>
/// <param name="costBps">Fee and slippage of one side, in basis points of the notional.</param>
/// <param name="fraction">Fraction of equity in one position, above 0, at most 1.</param>
public sealed class PolicyBacktest(FeatureDataset data, decimal costBps, decimal fraction)
{
    public const decimal InitialCash = 100_000;

    private const int QuantityDecimals = 8;
    private const decimal BasisPoint = 1e-4m;

    private readonly List<BacktestFill> _fills = [];
    private readonly List<RoundTrip> _trips = [];
    private readonly List<CurvePoint> _curve = [];
    private decimal _cash;
    private decimal _position;
    private BacktestFill _entry;

    /// <param name="strategy">Name in the result.</param>
    /// <param name="source">Description of the data.</param>
    /// <param name="probabilities">One per row; NaN where the model has no score: no position is held there.</param>
    /// <param name="policy">Returns the policy of each row.</param>
    public BacktestResult Run(string strategy, string source, ReadOnlySpan<double> probabilities, Func<int, TradingPolicy> policy)
    {
        _fills.Clear();
        _trips.Clear();
        _curve.Clear();
        (_cash, _position) = (InitialCash, 0);
        var wanted = 0;
        var first = Array.FindIndex(probabilities.ToArray(), p => !double.IsNaN(p));
        var last = first < 0 ? -1 : probabilities.Length - 1;
        while (last > first && double.IsNaN(probabilities[last]))
        {
            last--;
        }

        var step = Math.Max(1, (last - first + 1) / BacktestResult.CurvePointsMax);
        for (var i = Math.Max(first, 0); i <= last; i++)
        {
            Trade(i, i == last ? 0 : wanted);
            wanted = Want(wanted, probabilities[i], policy(i));
            if ((i - first) % step == 0 || i == last)
            {
                AddPoint(i);
            }
        }

        return Result(strategy, source, last - first + 1);
    }

    /// <summary>The policy's next direction: −1, 0 or 1, by the same rule as the served model.</summary>
    public static int Want(int held, double probability, TradingPolicy policy)
    {
        if (double.IsNaN(probability))
        {
            return 0;
        }

        var confidence = Math.Abs((2 * probability) - 1);
        var side = probability >= 0.5 ? 1 : -1;
        return confidence >= policy.EntryConfidence ? side
            : confidence < policy.ExitConfidence || side != held ? 0
            : held;
    }

    private void Trade(int row, int wanted)
    {
        if (wanted == Math.Sign(_position))
        {
            return;
        }

        var price = (decimal)data.Prices[row];
        if (_position != 0)
        {
            var exit = Fill(row, _position > 0 ? Side.Sell : Side.Buy, Math.Abs(_position), price);
            var gross = _position * (price - _entry.Price);
            _trips.Add(new RoundTrip(
                _entry.EventTime, exit.EventTime, _entry.Side, exit.Quantity, _entry.Price, price, gross, _entry.Fee + exit.Fee));
            _position = 0;
        }

        if (wanted != 0 && _cash > 0)
        {
            var quantity = Math.Round(_cash * fraction / price, QuantityDecimals, MidpointRounding.ToZero);
            _entry = Fill(row, wanted > 0 ? Side.Buy : Side.Sell, quantity, price);
            _position = wanted * quantity;
        }
    }

    private BacktestFill Fill(int row, Side side, decimal quantity, decimal price)
    {
        var fee = quantity * price * costBps * BasisPoint;
        _cash -= (side == Side.Buy ? quantity : -quantity) * price;
        _cash -= fee;
        var delay = (data.Times[row] - data.Times[Math.Max(row - 1, 0)]).TotalMilliseconds;
        var fill = new BacktestFill(
            data.Times[row], side, price, quantity, fee, IsMaker: false, (decimal)data.Prices[Math.Max(row - 1, 0)], delay);
        _fills.Add(fill);
        return fill;
    }

    private void AddPoint(int row)
    {
        var value = (double)_position * data.Prices[row];
        var equity = (double)_cash + value;
        _curve.Add(new CurvePoint(data.Times[row], equity, data.Prices[row], equity > 0 ? value / equity : 0));
    }

    private BacktestResult Result(string strategy, string source, long steps) => new()
    {
        Strategy = strategy,
        Instrument = data.Instrument.Key,
        QuoteAsset = "quote",
        Source = source,
        Settings = ImmutableSortedDictionary<string, string>.Empty
            .Add("cost bps a side", costBps.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .Add("fraction of equity", fraction.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .Add("fill", "next row's price"),
        InitialCash = InitialCash,
        InitialBase = 0,
        FinalCash = _cash,
        FinalBase = _position,
        Fees = _fills.Sum(f => f.Fee),
        Orders = _fills.Count,
        Fills = [.. _fills],
        RoundTrips = [.. _trips],
        Curve = [.. _curve],
        Steps = Math.Max(0, steps),
    };
}
