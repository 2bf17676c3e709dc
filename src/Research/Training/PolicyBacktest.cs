using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Signals;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Tracks;

namespace BtcAgent.Research.Training;

/// <summary>
/// Trades a column of out-of-sample probabilities over a dataset, in the agent's ledger: an order of the policy at one
/// row is filled at the next row's price, with costs on each side. The backtests of <c>Backtests/</c> run the finished model
/// through the complete core.
/// </summary>
/// <param name="data">Rows of the probabilities.</param>
/// <param name="costBps">Fee and slippage of one side, in basis points of the notional.</param>
/// <param name="fraction">Fraction of equity in one position, above 0, at most 1.</param>
public sealed class PolicyBacktest(FeatureDataset data, decimal costBps, decimal fraction)
{
    public const decimal InitialCash = 100_000;

    /// <summary>A row of bars is a bar's close: the close after the deciding one.</summary>
    private const string Fill = "the next row's price (over bars: the next bar's close)";

    private const string QuoteAsset = "quote";
    private const int Decimals = 8;
    private const decimal BasisPoint = 1e-4m;

    private readonly List<CurvePoint> _curve = [];
    private SignalDirection _position;
    private double _cash;
    private double _held;

    /// <param name="strategy">Name in the result.</param>
    /// <param name="source">Description of the data.</param>
    /// <param name="probabilities">One per row; NaN where the model has no score: no position is held there.</param>
    /// <param name="policy">Returns the policy of each row.</param>
    public BacktestResult Run(string strategy, string source, ReadOnlySpan<double> probabilities, Func<int, TradingPolicy> policy)
    {
        var books = new BacktestBooks(data.Instrument, QuoteAsset, InitialCash, inventory: 0);
        var track = new EquityRecorder((double)InitialCash, 0);
        _position = SignalDirection.Flat;
        _curve.Clear();
        Balance(books);
        var wanted = SignalDirection.Flat;
        var first = Array.FindIndex(probabilities.ToArray(), p => !double.IsNaN(p));
        var last = first < 0 ? -1 : probabilities.Length - 1;
        while (last > first && double.IsNaN(probabilities[last]))
        {
            last--;
        }

        var step = Math.Max(1, (last - first + 1) / BacktestResult.CurvePointsMax);
        for (var i = Math.Max(first, 0); i <= last; i++)
        {
            MoveTo(books, i, i == last ? SignalDirection.Flat : wanted);
            wanted = policy(i).Next(wanted, probabilities[i]);
            var point = Point(i);
            track.Add(point.EventTime, point.Equity, point.Price, _position != SignalDirection.Flat);
            if ((i - first) % step == 0 || i == last)
            {
                _curve.Add(point);
            }
        }

        return Result(strategy, source, last - first + 1, books) with { Track = track.Complete() };
    }

    private void MoveTo(BacktestBooks books, int row, SignalDirection wanted)
    {
        if (wanted == _position)
        {
            return;
        }

        var price = Price.FromDecimal(decimal.Round((decimal)data.Prices[row], Decimals));
        if (_position != SignalDirection.Flat)
        {
            var held = Quantity.FromDecimal(Math.Abs(books.Base));
            Book(books, row, _position == SignalDirection.Long ? Side.Sell : Side.Buy, held, price);
            _position = SignalDirection.Flat;
        }

        if (wanted != SignalDirection.Flat && books.Cash > 0)
        {
            var quantity = Quantity.RoundDown(books.Cash * fraction / price.ToDecimal());
            Book(books, row, wanted == SignalDirection.Long ? Side.Buy : Side.Sell, quantity, price);
            _position = wanted;
        }
    }

    private void Book(BacktestBooks books, int row, Side side, Quantity quantity, Price price)
    {
        var decided = Math.Max(row - 1, 0);
        books.Book(side, quantity, price, costBps * BasisPoint, data.Times[row], (decimal)data.Prices[decided], data.Times[decided]);
        Balance(books);
    }

    private void Balance(BacktestBooks books) => (_cash, _held) = ((double)books.Cash, (double)books.Base);

    private CurvePoint Point(int row)
    {
        var value = _held * data.Prices[row];
        var equity = _cash + value;
        return new CurvePoint(data.Times[row], equity, data.Prices[row], equity > 0 ? value / equity : 0);
    }

    private BacktestResult Result(string strategy, string source, long steps, BacktestBooks books) => new()
    {
        Strategy = strategy,
        Instrument = data.Instrument.Key,
        QuoteAsset = QuoteAsset,
        Source = source,
        Settings = ImmutableSortedDictionary<string, string>.Empty
            .Add("cost bps a side", costBps.ToString(CultureInfo.InvariantCulture))
            .Add("fraction of equity", fraction.ToString(CultureInfo.InvariantCulture))
            .Add(BacktestResult.FillSetting, Fill),
        InitialCash = InitialCash,
        InitialBase = 0,
        FinalCash = books.Cash,
        FinalBase = books.Base,
        Fees = books.Fees,
        Orders = books.Count,
        Fills = books.Fills,
        RoundTrips = books.RoundTrips,
        Curve = [.. _curve],
        Steps = Math.Max(0, steps),
    };
}
