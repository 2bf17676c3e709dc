using System.CommandLine;
using BtcAgent.Cli.Inputs;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Execution;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Reports;

namespace BtcAgent.Cli.Backtests;

/// <summary>Runs a rule or a model over bars or tapes.</summary>
internal sealed class BacktestCommand : CliCommand
{
    private readonly BarOptions _bars = new();

    private readonly TapeInput _tapes = new();
    private readonly StrategyChoice _strategy = new();
    private readonly BarRun _barRun;

    private readonly Option<decimal> _fee = Amounts.Option("--fee-bps", "fee of each fill, basis points of the notional", 10);

    private readonly Option<decimal> _cash = Amounts.Option("--cash", "quote asset at the start", 100_000);

    private readonly Option<decimal> _base = Amounts.Option("--base", "base asset at the start, from which short positions are sold; without it a short signal closes the position", 0);

    private readonly Option<ulong> _seed = new("--seed") { Description = "tapes: seed of paper latency", DefaultValueFactory = _ => 1 };

    private readonly Option<decimal?> _makerFee = new("--maker-fee-bps") { Description = "tapes: fee of maker fills; default --fee-bps" };

    private readonly Option<int> _latency = new("--latency-ms") { Description = "tapes: from decision to venue, milliseconds", DefaultValueFactory = _ => 50 };

    private readonly ReportOptions _reports = new();

    public BacktestCommand()
        : base(
            "backtest",
            "Runs a rule or a model over bars or tapes and reports its result.",
            """
            btcagent backtest --bars btc-1m.csv --strategy ema-cross --fast 10 --slow 20 --report ema.html
              btcagent backtest --bars 2020.csv 2021.csv --timerange 20200601-20210601 --stop-loss 2% --take-profit 4%
              btcagent backtest --bars btc-1m.csv --sweep fast=5..50:5 --sweep slow=20..200:20 --report sweep.html
              btcagent backtest --bars btc-1m.csv --rules --set Limits:MaxOrderNotional=5000
              btcagent backtest --bars BINANCE:BTCUSDT=btc.csv BINANCE:ETHUSDT=eth.csv --json
            """)
    {
        _bars.AddTo(this);
        _tapes.AddTo(this);
        _strategy.AddTo(this);
        foreach (var option in new Option[] { _fee, _makerFee, _cash, _base, _latency, _seed })
        {
            Options.Add(option);
        }

        _barRun = new BarRun(_bars, _strategy);
        _barRun.AddTo(this);
        _reports.AddTo(this);
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var hasBars = arguments.GetValue(_bars.Bars) is { Length: > 0 };
        if (hasBars == _tapes.IsGiven(arguments))
        {
            throw new UsageException("give either --bars or --tape");
        }

        _reports.Check(arguments);
        var instrument = UsageException.Unless(() => _bars.InstrumentOf(arguments));
        var result = output.WithProgress(report => hasBars
            ? _barRun.Run(arguments, MoneyOf(arguments), report, cancellationToken)
            : OverTapes(arguments, instrument, output, report, cancellationToken));
        result = result with { ModelWindow = _strategy.WindowOf(arguments, result) };
        var content = ReportContent.Of(result);
        _reports.Write(arguments, content);
        output.Result(BacktestSummary.Of(result, content.Verdict, content.Metrics.DeflatedSharpe), console =>
        {
            if (result.Sweep is { } sweep)
            {
                Sweep.Write(console, sweep, content.Metrics.DeflatedSharpe);
            }

            BacktestTable.Write(console, result, content.Verdict);
        });
        return ExitCodes.Ok;
    }

    private StartMoney MoneyOf(ParseResult arguments) => new(arguments.GetValue(_cash), arguments.GetValue(_base), arguments.GetValue(_fee));

    private BacktestResult OverTapes(
        ParseResult arguments,
        InstrumentId instrument,
        CommandOutput output,
        Action<string, double> report,
        CancellationToken cancellationToken)
    {
        report("decoding", 0);
        var tape = _tapes.Read(arguments, instrument, output);
        var paper = new PaperOptions
        {
            TakerFeeBps = arguments.GetValue(_fee),
            MakerFeeBps = arguments.GetValue(_makerFee) ?? arguments.GetValue(_fee),
            LatencyMs = arguments.GetValue(_latency),
            Seed = arguments.GetValue(_seed),
        };
        report("backtest", 0);
        return new TapeBacktest(TapeInput.OptionsOf(instrument, arguments.GetValue(_cash), arguments.GetValue(_base), paper)).Run(
            schema => _strategy.Create(arguments, schema),
            _tapes.Describe(arguments, tape),
            tape.Events,
            tape.LevelsOf,
            progress: new StepProgress(report),
            cancellationToken: cancellationToken);
    }
}
