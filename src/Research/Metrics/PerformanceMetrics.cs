using BtcAgent.Research.Backtests;
using BtcAgent.Research.Tracks;

namespace BtcAgent.Research.Metrics;

/// <summary>
/// Performance figures of one backtest, after costs. Fractions unless the name says otherwise; NaN where undefined.
/// <c>docs/metrics.md</c> defines each.
/// </summary>
public sealed record PerformanceMetrics
{
    public required ReturnPeriod Period { get; init; }

    /// <summary>Number of periods with a return.</summary>
    public required int Periods { get; init; }

    public required double TotalReturn { get; init; }

    public required double BuyAndHoldReturn { get; init; }

    public required double Cagr { get; init; }

    public required double Volatility { get; init; }

    public required double Sharpe { get; init; }

    public required double Sortino { get; init; }

    public required double Calmar { get; init; }

    public required Drawdown MaxDrawdown { get; init; }

    public required double Skewness { get; init; }

    public required double Kurtosis { get; init; }

    public required double ValueAtRisk95 { get; init; }

    public required double ValueAtRisk99 { get; init; }

    public required double ConditionalValueAtRisk95 { get; init; }

    public required double ConditionalValueAtRisk99 { get; init; }

    /// <summary>Probability that the true Sharpe ratio is above 0.</summary>
    public required double ProbabilisticSharpe { get; init; }

    /// <summary>Probability that the true Sharpe ratio is above what the best of the trials would reach by luck.</summary>
    public required double DeflatedSharpe { get; init; }

    public required double ProfitFactor { get; init; }

    /// <summary>Mean profit of a round trip, in quote asset.</summary>
    public required double Expectancy { get; init; }

    public required double WinRate { get; init; }

    /// <summary>Fraction of bars or samples with a position.</summary>
    public required double Exposure { get; init; }

    /// <summary>Notional traded per year, in multiples of mean equity.</summary>
    public required double Turnover { get; init; }

    /// <summary>In quote asset.</summary>
    public required double Fees { get; init; }

    /// <summary>In quote asset, against the price at the decision.</summary>
    public required double Slippage { get; init; }

    /// <summary>Profit before fees and slippage, with open positions at the last price, in quote asset.</summary>
    public required double GrossProfit { get; init; }

    /// <summary>Profit after all costs, in quote asset.</summary>
    public required double NetProfit { get; init; }

    /// <param name="result">Result of a backtest.</param>
    /// <param name="independentTrials">Independent variants tried before this one was chosen; 1 for none.</param>
    public static PerformanceMetrics From(BacktestResult result, int independentTrials = 1)
    {
        var track = TrackOf(result);
        var returns = track.Returns.AsSpan();
        var perYear = track.Period.PerYear;
        var isDispersed = ReturnStatistics.IsDispersed(returns);
        var sharpe = ReturnStatistics.Sharpe(returns, 1);
        var skewness = isDispersed ? ReturnStatistics.Skewness(returns) : double.NaN;
        var kurtosis = isDispersed ? ReturnStatistics.Kurtosis(returns) : double.NaN;
        var net = result.RoundTrips.Select(t => (double)t.NetPnl).ToArray();
        var fees = (double)result.Fees;
        var slippage = (double)result.Fills.Sum(f => f.Slippage);
        var profit = result.Fills.IsEmpty ? 0 : track.Final - track.Initial;
        var totalReturn = Resolution.Round((track.Final / track.Initial) - 1);
        var years = (track.To - track.From) / TimeSpan.FromDays(ReturnPeriod.DaysPerYear);
        var cagr = track.Final > 0 && years > 0
            ? Resolution.Round(Math.Pow(track.Final / track.Initial, 1 / years) - 1)
            : double.NaN;
        var drawdown = track.MaxDrawdown;
        return new PerformanceMetrics
        {
            Period = track.Period,
            Periods = returns.Length,
            TotalReturn = totalReturn,
            BuyAndHoldReturn = (track.LastPrice / track.FirstPrice) - 1,
            Cagr = cagr,
            Volatility = isDispersed ? ReturnStatistics.AnnualVolatility(returns, perYear) : double.NaN,
            Sharpe = sharpe * Math.Sqrt(perYear),
            Sortino = isDispersed ? Finite(ReturnStatistics.Sortino(returns, perYear)) : double.NaN,
            Calmar = drawdown.Depth < 0 ? cagr / -drawdown.Depth : double.NaN,
            MaxDrawdown = drawdown,
            Skewness = skewness,
            Kurtosis = kurtosis,
            ValueAtRisk95 = ReturnStatistics.ValueAtRisk(returns, 0.95),
            ValueAtRisk99 = ReturnStatistics.ValueAtRisk(returns, 0.99),
            ConditionalValueAtRisk95 = ReturnStatistics.ConditionalValueAtRisk(returns, 0.95),
            ConditionalValueAtRisk99 = ReturnStatistics.ConditionalValueAtRisk(returns, 0.99),
            ProbabilisticSharpe = Validation.DeflatedSharpe.ProbabilisticSharpe(sharpe, returns.Length, skewness, kurtosis, 0),
            DeflatedSharpe = Validation.DeflatedSharpe.ProbabilisticSharpe(
                sharpe,
                returns.Length,
                skewness,
                kurtosis,
                Validation.DeflatedSharpe.ExpectedMaximumBySampling(independentTrials, returns.Length)),
            ProfitFactor = Ratio(net.Where(n => n > 0).Sum(), -net.Where(n => n < 0).Sum()),
            Expectancy = net.Length == 0 ? double.NaN : net.Average(),
            WinRate = net.Length == 0 ? double.NaN : (double)net.Count(n => n > 0) / net.Length,
            Exposure = track.Points == 0 ? double.NaN : (double)track.Exposed / track.Points,
            Turnover = Ratio((double)result.Fills.Sum(f => f.Notional), track.Mean * years),
            Fees = fees,
            Slippage = slippage,
            GrossProfit = profit + fees + slippage,
            NetProfit = profit,
        };
    }

    /// <summary>
    /// Returns the curve as if the initial holdings had kept their first price: the strategy is not responsible for the
    /// rise and fall of an inventory.
    /// </summary>
    internal static CurvePoint[] TradedCurve(BacktestResult result)
    {
        var held = (double)result.InitialBase;
        return held == 0 || result.Curve.IsEmpty
            ? [.. result.Curve]
            : [.. result.Curve.Select(p => p with { Equity = p.Equity - (held * (p.Price - result.Curve[0].Price)) })];
    }

    /// <summary>The run's track; of a run that was stored without one, the track of its curve.</summary>
    internal static EquityTrack TrackOf(BacktestResult result)
    {
        if (result.Track is { } track)
        {
            return track;
        }

        var recorder = new EquityRecorder((double)result.InitialCash, (double)result.InitialBase);
        foreach (var point in result.Curve)
        {
            recorder.Add(point.EventTime, point.Equity, point.Price, point.Exposure != 0);
        }

        return recorder.Complete();
    }

    private static double Ratio(double of, double by) => by > 0 ? of / by : double.NaN;

    private static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;
}
