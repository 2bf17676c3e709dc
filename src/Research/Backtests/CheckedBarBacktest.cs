using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Research.Backtests;

/// <summary>
/// Runs strategies over bars as the agent would trade them: signals, sizing, risk limits, circuit breakers, venue filters,
/// paper orders and ledger are the agent's own code, and all instruments share one portfolio. Days and weeks are those of the
/// bars, in UTC. The same bars and settings give the same decisions.
/// </summary>
public sealed class CheckedBarBacktest
{
    private readonly CheckedBarOptions _options;

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public CheckedBarBacktest(CheckedBarOptions options)
    {
        options.Check();
        _options = options;
    }

    /// <param name="inputs">Instruments with different base assets and one quote asset.</param>
    /// <param name="progress">Receives the completed share, 0…1.</param>
    /// <param name="cancellationToken">Checked at each point of the curve.</param>
    /// <exception cref="ArgumentException">The instruments do not fit into one account.</exception>
    public BacktestResult Run(
        IReadOnlyList<CheckedBarInput> inputs, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var account = BarResults.AccountOf([.. inputs.Select(i => i.Rules)], _options.Cash, _options.Base);
        var risk = new RiskEngine(BarAccount.Portfolio, _options.Limits, _options.Sizing);
        using var hash = new DecisionHash();
        var lanes = new List<CheckedLane>();
        foreach (var input in inputs)
        {
            lanes.Add(new CheckedLane(_options, account, risk, input, OpenOrders, hash.Append));
        }

        var cursor = new BarCursor(account, [.. lanes.Select((l, i) => ((BarLane)l, inputs[i].Bars))]);
        try
        {
            cursor.Run(progress, cancellationToken);
        }
        finally
        {
            lanes.ForEach(l => l.Dispose());
        }

        return BarResults.Of(account, [.. lanes.Select((l, i) => new BarResults.Part(l, inputs[i].Source, inputs[i].Bars.Length))], cursor) with
        {
            Settings = Settings(inputs),
            NotChecked = ["spread, age of the data and clocks, which bars do not show"],
            Remarks = [.. Remarks(risk, lanes)],
            InitialCash = _options.Cash,
            Orders = lanes.Sum(l => l.Orders),
            DecisionsHash = hash.Read(),
        };

        IReadOnlyList<Order> OpenOrders() => [.. lanes.SelectMany(l => l.OpenOrders)];
    }

    private static IEnumerable<string> Remarks(RiskEngine risk, IEnumerable<CheckedLane> lanes)
    {
        if (risk.Breaker is { Mode: BreakerMode.Halted } halted)
        {
            yield return $"Trading was halted at {halted.Since} until the end, since no operator resumes here: {halted.Reason}.";
        }

        foreach (var books in lanes.Select(l => l.Books).Where(b => b.TradedAmount != 0))
        {
            yield return $"Open at the end, valued at the last close: {Text(books.Base - books.InitialBase)} {books.Rules.BaseAsset}.";
        }
    }

    private ImmutableSortedDictionary<string, string> Settings(IReadOnlyList<CheckedBarInput> inputs)
    {
        var settings = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal)
            .Add("fee bps", Text(_options.FeeBps))
            .Add(BacktestResult.FillSetting, _options.Fill == FillAt.Close ? "the bar's close" : "the next bar's open")
            .Add("slippage bps", Text(_options.SlippageBps))
            .Add("sizing", _options.Sizing.Method == SizingMethod.FixedFraction
                ? $"{Text(_options.Sizing.Fraction)} of equity, at most {Text(_options.Sizing.MaxFraction)}"
                : $"{_options.Sizing.Method}, at most {Text(_options.Sizing.MaxFraction)} of equity")
            .Add("risk limits", string.Join(", ", LimitBook.Values(_options.Limits).Select(v => $"{v.Key} {v.Value.ToString(CultureInfo.InvariantCulture)}")))
            .AddRange(BarResults.SettingsOf(_options.Exits));
        foreach (var rules in inputs.Select(i => i.Rules))
        {
            settings = settings.Add(
                $"venue filters {rules.Instrument}",
                $"tick {rules.TickSize}, lot {rules.LotSize}, quantity {rules.MinQuantity} to {rules.MaxQuantity}, notional from {Text(rules.MinNotional)}");
        }

        return settings;
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
