using System.Collections.Immutable;
using System.CommandLine;
using BtcAgent.Cli.Inputs;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Optimization.Sweeps;

namespace BtcAgent.Cli.Backtests;

/// <summary>A backtest over bars: its options, and the run.</summary>
internal sealed class BarRun(BarOptions bars, StrategyChoice strategy)
{
    /// <summary>Fraction of equity in a position when nothing is given: the agent's default.</summary>
    public const decimal DefaultFraction = 0.25m;

    private readonly Option<decimal?> _quantity = new("--quantity")
    {
        Description = "bars: base asset of each position, in place of --fraction",
        CustomParser = Amounts.Parse,
    };

    private readonly Option<decimal?> _fraction = ExitChoice.Fraction(
        "--fraction", $"bars: fraction of equity in each position, such as 0.5 or 50%, cut to what can be paid; default {DefaultFraction}");

    private readonly Option<decimal> _slippage = Amounts.Option("--slippage-bps", "bars: slippage of each fill, basis points of the price", 0);

    private readonly Option<string> _fill = new("--fill")
    {
        Description = "bars: when market orders fill: close (of the deciding bar) or next-open",
        DefaultValueFactory = _ => "close",
    };

    private readonly ExitChoice _exits = new();
    private readonly RulesChoice _rules = new();
    private readonly Sweep _sweep = new();

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _quantity, _fraction, _slippage, _fill })
        {
            command.Options.Add(option);
        }

        _exits.AddTo(command);
        _rules.AddTo(command);
        _sweep.AddTo(command);
        _fill.AcceptOnlyFromAmong("close", "next-open");
    }

    /// <param name="arguments">The command line.</param>
    /// <param name="money">Cash, base asset and fee.</param>
    /// <param name="report">Receives the current step and the completed share.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public BacktestResult Run(
        ParseResult arguments, StartMoney money, Action<string, double> report, CancellationToken cancellationToken)
    {
        var ranges = _sweep.Read(arguments);
        SweepRange.Combinations(ranges);
        var trade = _rules.AreAsked(arguments) ? Checked(arguments, money, cancellationToken) : Unchecked(arguments, money, cancellationToken);
        report("reading bars", 0);
        var sets = bars.ReadAll(arguments, cancellationToken);
        report("backtest", 0);
        var progress = new StepProgress(report);
        return ranges.Count == 0
            ? trade(sets, ImmutableDictionary<string, double>.Empty, progress)
            : Sweep.Run(ranges, Columns(arguments, money, ranges, sets, progress, cancellationToken), tried => trade(sets, tried, null), progress, cancellationToken);
    }

    /// <summary>Computes what it can in one pass; null for another strategy, with rules, with exits or over several instruments.</summary>
    private SweepColumns? Columns(
        ParseResult arguments,
        StartMoney money,
        IReadOnlyList<SweepRange> ranges,
        IReadOnlyList<BarSet> sets,
        IProgress<double> progress,
        CancellationToken cancellationToken)
    {
        if (_rules.AreAsked(arguments) || sets.Count != 1 || !strategy.IsEmaCross(arguments)
            || OptionsOf(arguments, money) is not { } options || !EmaCrossSweep.CanRun(options))
        {
            return null;
        }

        var (fast, slow) = strategy.EmaLengths(arguments);
        var columns = new SweepColumns(fast, slow);
        columns.Run(sets[0], options, Sweep.Named(ranges), progress, cancellationToken);
        return columns;
    }

    private Trade Unchecked(ParseResult arguments, StartMoney money, CancellationToken cancellationToken)
    {
        _rules.RefuseAlone(arguments);
        var backtest = UsageException.Unless(() => new BarBacktest(OptionsOf(arguments, money)));
        return (sets, tried, progress) => UsageException.Unless(
            () => backtest.Run([.. sets.Select(s => InputOf(arguments, s, tried))], progress, cancellationToken));
    }

    private Trade Checked(ParseResult arguments, StartMoney money, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_quantity) is not null || arguments.GetValue(_fraction) is not null)
        {
            throw new UsageException("with --rules the agent's sizing decides: give --set Sizing:Fraction=0.5 in place of --fraction or --quantity");
        }

        var backtest = UsageException.Unless(() => new CheckedBarBacktest(_rules.Configure(arguments, new CheckedBarOptions
        {
            FeeBps = money.FeeBps,
            SlippageBps = arguments.GetValue(_slippage),
            Cash = money.Cash,
            Base = money.Base,
            Fill = FillOf(arguments),
            Exits = _exits.Read(arguments),
        })));
        return (sets, tried, progress) => UsageException.Unless(() => backtest.Run(
            [
                .. sets.Select(set => new CheckedBarInput(
                    _rules.FiltersOf(arguments, set.Instrument),
                    set.Description,
                    set.Series.Bars,
                    set.Series.Interval,
                    schema => strategy.Create(arguments, schema, tried))),
            ],
            progress,
            cancellationToken));
    }

    private FillAt FillOf(ParseResult arguments) => arguments.GetValue(_fill) == "close" ? FillAt.Close : FillAt.NextOpen;

    private BarBacktestOptions OptionsOf(ParseResult arguments, StartMoney money)
    {
        var (quantity, fraction) = (arguments.GetValue(_quantity), arguments.GetValue(_fraction));
        if (quantity is not null && fraction is not null)
        {
            throw new UsageException("give either --quantity or --fraction: both set the size of a position");
        }

        return new BarBacktestOptions
        {
            Quantity = quantity ?? new BarBacktestOptions().Quantity,
            Fraction = quantity is null ? fraction ?? DefaultFraction : null,
            LongOnly = money.Base == 0,
            FeeBps = money.FeeBps,
            SlippageBps = arguments.GetValue(_slippage),
            Cash = money.Cash,
            Base = money.Base,
            Fill = FillOf(arguments),
            Exits = _exits.Read(arguments),
        };
    }

    private BarInput InputOf(ParseResult arguments, BarSet set, IReadOnlyDictionary<string, double> tried)
    {
        if (strategy.IsEmaCross(arguments) && tried.All(t => t.Key is "fast" or "slow" && t.Value == (int)t.Value))
        {
            var (fast, slow) = strategy.EmaLengths(arguments);
            var reference = UsageException.Unless(
                () => new EmaCrossModel((int)tried.GetValueOrDefault("fast", fast), (int)tried.GetValueOrDefault("slow", slow)));
            return new BarInput(reference.Id, set.Instrument, set.Description, set.Series.Bars, new EmaCrossBars(reference));
        }

        var pipeline = new BarFeaturePipeline(set.Series.Interval);
        var model = strategy.Create(arguments, pipeline.Schema, tried);
        var signals = new SignalEngine(set.Instrument, "backtest", model, new SignalOptions());
        return new BarInput(model.Id, set.Instrument, set.Description, set.Series.Bars, new SignalRule(set.Instrument, pipeline, signals));
    }

    /// <summary>Runs the strategy on the bars, with parameters that replace those of the command line.</summary>
    private delegate BacktestResult Trade(IReadOnlyList<BarSet> sets, IReadOnlyDictionary<string, double> tried, IProgress<double>? progress);
}
