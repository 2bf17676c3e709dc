using System.CommandLine;
using System.Globalization;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Bars;

namespace BtcAgent.Cli.Backtests;

/// <summary>Runs a rule or a model over bars.</summary>
internal sealed class BacktestCommand : CliCommand
{
    private readonly BarOptions _bars = new();

    private readonly Option<string> _strategy = new("--strategy")
    {
        Description = "ema-cross (default) or flow-momentum",
        DefaultValueFactory = _ => SignalModels.EmaCross,
    };

    private readonly Option<int> _fast = new("--fast") { Description = "bars of the fast EMA", DefaultValueFactory = _ => 10 };

    private readonly Option<int> _slow = new("--slow") { Description = "bars of the slow EMA", DefaultValueFactory = _ => 20 };

    private readonly Option<decimal> _quantity = Amount("--quantity", "base asset of each position", 0.001m);

    private readonly Option<decimal> _fee = Amount("--fee-bps", "fee of each fill, basis points of the notional", 10);

    private readonly Option<decimal> _slippage = Amount("--slippage-bps", "lost on each fill, basis points of the price", 0);

    private readonly Option<decimal> _cash = Amount("--cash", "quote asset at the start", 100_000);

    private readonly Option<decimal> _base = Amount("--base", "base asset at the start; short positions are sold from it", 0);

    private readonly Option<string> _fill = new("--fill")
    {
        Description = "when market orders fill: close (of the deciding bar) or next-open",
        DefaultValueFactory = _ => "close",
    };

    public BacktestCommand()
        : base(
            "backtest",
            "Runs a rule or a model over bars and says what it would have earned.",
            "btcagent backtest --bars btc-1m.csv --strategy ema-cross --fast 10 --slow 20 --fee-bps 10 --base 1 --json")
    {
        _bars.AddTo(this);
        _bars.Bars.Required = true;
        foreach (var option in new Option[] { _strategy, _fast, _slow, _quantity, _fee, _slippage, _cash, _base, _fill })
        {
            Options.Add(option);
        }

        _fill.AcceptOnlyFromAmong("close", "next-open");
        _strategy.AcceptOnlyFromAmong(SignalModels.EmaCross, SignalModels.FlowMomentum);
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var options = new BarBacktestOptions
        {
            Quantity = arguments.GetValue(_quantity),
            FeeBps = arguments.GetValue(_fee),
            SlippageBps = arguments.GetValue(_slippage),
            Cash = arguments.GetValue(_cash),
            Base = arguments.GetValue(_base),
            Fill = arguments.GetValue(_fill) == "close" ? FillAt.Close : FillAt.NextOpen,
        };
        var backtest = Checked(() => new BarBacktest(options));
        var instrument = Checked(() => _bars.InstrumentOf(arguments));
        var result = output.WithProgress(report =>
        {
            report("reading bars", 0);
            var series = _bars.Read(arguments, cancellationToken);
            var (name, rule) = Checked(() => CreateRule(arguments, instrument, series));
            report("backtest", 0);
            return backtest.Run(
                name, instrument, _bars.Describe(arguments, series), series.Bars, rule, new Share(report), cancellationToken);
        });
        output.Result(BacktestSummary.Of(result), console => BacktestTable.Write(console, result));
        return ExitCodes.Ok;
    }

    private (string Name, IBarRule Rule) CreateRule(ParseResult arguments, InstrumentId instrument, BarSeries series)
    {
        if (arguments.GetValue(_strategy) == SignalModels.EmaCross)
        {
            var (fast, slow) = (arguments.GetValue(_fast), arguments.GetValue(_slow));
            return (string.Create(CultureInfo.InvariantCulture, $"ema-cross({fast},{slow})"), new EmaCrossRule(fast, slow));
        }

        var pipeline = new BarFeaturePipeline(series.Interval);
        var model = SignalModels.Create(arguments.GetValue(_strategy)!, new Dictionary<string, double>(), pipeline.Schema);
        return (model.Id, new SignalRule(instrument, pipeline, new SignalEngine(instrument, "backtest", model, new SignalOptions())));
    }

    /// <summary>A wrong value of an option is wrong usage.</summary>
    private static T Checked<T>(Func<T> create)
    {
        try
        {
            return create();
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new UsageException(e.Message);
        }
    }

    private static Option<decimal> Amount(string name, string description, decimal fallback) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => fallback,
        CustomParser = result =>
        {
            if (decimal.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                return value;
            }

            result.AddError($"{name}: '{result.Tokens[0].Value}' is no number");
            return default;
        },
    };

    private sealed class Share(Action<string, double> report) : IProgress<double>
    {
        public void Report(double value) => report("backtest", value);
    }
}
