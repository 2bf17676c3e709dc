using System.CommandLine;
using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Training;

/// <summary>The evaluation of <c>train</c> without the model.</summary>
internal sealed class WalkForwardCommand : CliCommand
{
    private readonly TrainingInput _input = new();

    public WalkForwardCommand()
        : base(
            "walkforward",
            "Trains and tests fold by fold on bars, tapes or a stored dataset and reports whether the edge survives costs out of sample; writes no model.",
            "btcagent walkforward --bars btc-2017.csv btc-2018.csv --folds 8 --fee-bps 7.5 --report folds.html") =>
        _input.AddTo(this);

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var run = _input.Run(arguments, output, withModel: false, cancellationToken);
        output.Result(TrainingSummary.Of(run, null), console => TrainingTable.Write(console, run, null));
        return ExitCodes.Ok;
    }
}
