using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Bars;

namespace BtcAgent.Research.Backtests;

/// <summary>
/// Runs rules over bars with market orders: one cursor over the bars of all instruments, one ledger of the agent for their
/// money. Cash, base and fees are exact decimals; only a price with slippage is rounded, to eight decimals and against the
/// order. What the orders do not pass here is in <see cref="BacktestResult.NotChecked"/>.
/// </summary>
public sealed class BarBacktest
{
    private readonly BarBacktestOptions _options;

    public BarBacktest(BarBacktestOptions options)
    {
        options.Check();
        _options = options;
    }

    /// <param name="strategy">Name in the result.</param>
    /// <param name="instrument">Instrument of the bars.</param>
    /// <param name="source">Description of the bars.</param>
    /// <param name="bars">Bars in time order.</param>
    /// <param name="rule">Decides at each bar.</param>
    /// <param name="progress">Receives the completed share, 0…1.</param>
    /// <param name="cancellationToken">Checked at each point of the curve.</param>
    /// <exception cref="BacktestException">Cash or inventory do not cover an order.</exception>
    public BacktestResult Run(
        string strategy,
        InstrumentId instrument,
        string source,
        ReadOnlyMemory<Bar> bars,
        IBarRule rule,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default) =>
        Run([new BarInput(strategy, instrument, source, bars, rule)], progress, cancellationToken);

    /// <summary>Runs several instruments in one account.</summary>
    /// <param name="inputs">Instruments with different base assets.</param>
    /// <param name="progress">Receives the completed share, 0…1.</param>
    /// <param name="cancellationToken">Checked at each point of the curve.</param>
    /// <exception cref="BacktestException">Cash or inventory do not cover an order.</exception>
    /// <exception cref="ArgumentException">The instruments do not fit into one account.</exception>
    public BacktestResult Run(
        IReadOnlyList<BarInput> inputs, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var rules = inputs.Select(i => BacktestBooks.Unlimited(i.Instrument, _options.QuoteAsset)).ToArray();
        var account = BarResults.AccountOf(rules, _options.Cash, _options.Base);
        var lanes = inputs
            .Select((input, i) => new UncheckedLane(input.Strategy, _options, new BacktestBooks(account, rules[i]), input.Rule))
            .ToArray();
        var cursor = new BarCursor(account, [.. lanes.Select((l, i) => ((BarLane)l, inputs[i].Bars))]);
        cursor.Run(progress, cancellationToken);
        return BarResults.Of(account, [.. lanes.Select((l, i) => new BarResults.Part(l, inputs[i].Source, inputs[i].Bars.Length))], cursor) with
        {
            Settings = Settings(),
            NotChecked = ["risk limits", "circuit breakers", "position sizing", "venue filters"],
            InitialCash = _options.Cash,
            Orders = lanes.Sum(l => l.Books.Count),
        };
    }

    private ImmutableSortedDictionary<string, string> Settings()
    {
        var settings = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal)
            .Add("fee bps", Text(_options.FeeBps))
            .Add(BacktestResult.FillSetting, _options.Fill == FillAt.Close ? "the bar's close" : "the next bar's open")
            .Add("slippage bps", Text(_options.SlippageBps))
            .AddRange(BarResults.SettingsOf(_options.Exits));
        settings = _options.Fraction is { } fraction
            ? settings.Add("fraction of equity", Text(fraction))
            : settings.Add("quantity", Text(_options.Quantity));
        return _options.LongOnly ? settings.Add("short signals", "close the position: there is no base asset to sell") : settings;
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
