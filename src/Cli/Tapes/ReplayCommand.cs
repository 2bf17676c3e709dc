using System.CommandLine;
using BtcAgent.Cli.Backtests;
using BtcAgent.Cli.Inputs;
using BtcAgent.Cli.Output;
using BtcAgent.Cli.Replays;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Trading;
using BtcAgent.Research.Backtests;
using Spectre.Console;

namespace BtcAgent.Cli.Tapes;

/// <summary>Repeats the decisions of a tape, sample by sample, like the silo's replay.</summary>
internal sealed class ReplayCommand : CliCommand
{
    private readonly TapeInput _tapes = new();
    private readonly StrategyChoice _strategy = new();
    private readonly BarOptions _instrument = new();

    private readonly Option<ulong> _seed = new("--seed") { Description = "seed of paper latency", DefaultValueFactory = _ => 1 };

    private readonly Option<string?> _decision = new("--decision") { Description = "id of the decision to print in full or, with --from-kafka, to replay" };

    private readonly KafkaReplay _log = new();

    private readonly Option<string> _name = new("--strategy-name")
    {
        Description = "name of the strategy, which is part of each decision's id",
        DefaultValueFactory = _ => "momentum",
    };

    public ReplayCommand()
        : base(
            "replay",
            "Repeats the decisions of recorded tapes and prints their counts and hash; with the same model and seed they equal "
            + "the silo's. With --from-kafka, repeats one decision of a cluster from its log and compares it byte by byte.",
            "btcagent replay --tape a.gz b.gz --strategy flow-momentum --json")
    {
        _tapes.AddTo(this);
        Options.Add(_instrument.Instrument);
        _strategy.AddTo(this);
        Options.Add(_seed);
        Options.Add(_name);
        Options.Add(_decision);
        _log.AddTo(this);
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var wanted = arguments.GetValue(_decision);
        var hasTapes = _tapes.IsGiven(arguments);
        if (_log.IsAsked(arguments) == hasTapes)
        {
            throw new UsageException("give either --tape or --from-kafka");
        }

        if (!hasTapes)
        {
            return wanted is null
                ? throw new UsageException("--from-kafka needs --decision with an id, latest or latest-order")
                : _log.Run(arguments, wanted, _strategy.ModelPath(arguments), id => _strategy.CatalogFor(arguments, id), output, cancellationToken);
        }

        var instrument = UsageException.Unless(() => _instrument.InstrumentOf(arguments));
        Decision? found = null;
        var (result, statistics) = output.WithProgress(report =>
        {
            report("decoding", 0);
            var tape = _tapes.Read(arguments, instrument, output);
            report("deciding", 0);
            var options = TapeInput.OptionsOf(instrument, 100_000, 0, new PaperOptions { Seed = arguments.GetValue(_seed) })
                with
            { Strategy = arguments.GetValue(_name)! };
            var run = new TapeBacktest(options).Run(
                schema => _strategy.Create(arguments, schema),
                _tapes.Describe(arguments, tape),
                tape.Events,
                tape.LevelsOf,
                decision => found = decision.Id.ToString() == wanted ? decision : found,
                new Progress(report),
                cancellationToken);
            return (run, tape.Statistics);
        });
        if (wanted is not null)
        {
            return found is null
                ? throw new BacktestException($"no decision '{wanted}' in this replay: its id depends on strategy name, portfolio and instant")
                : Print(output, found);
        }

        var summary = new ReplaySummary(
            statistics.Trades,
            result.Steps,
            result.Orders,
            result.Fills.Length,
            result.Curve.IsEmpty ? 0 : result.Curve[^1].Equity,
            result.DecisionsHash,
            result.Refusals);
        output.Result(summary, console => BacktestTable.Write(console, result, verdict: null));
        return ExitCodes.Ok;
    }

    private static int Print(CommandOutput output, Decision decision)
    {
        output.Result(decision, console => console.WriteLine(
            $"{decision.Id} at {decision.Sample.EventTime}: {decision.Signal.Direction} {decision.Signal.Score}, {decision.Risk.Outcome}: {decision.Risk.Summary}"));
        return ExitCodes.Ok;
    }

    private sealed class Progress(Action<string, double> report) : IProgress<double>
    {
        public void Report(double value) => report("deciding", value);
    }
}
