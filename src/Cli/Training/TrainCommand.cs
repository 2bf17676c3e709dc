using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Storage.Files;

namespace BtcAgent.Cli.Training;

/// <summary>Evaluates a model by walk-forward, trains it and writes its artefact.</summary>
internal sealed class TrainCommand : CliCommand
{
    private readonly TrainingInput _input = new();

    private readonly Option<string> _out = new("--out") { Description = "folder to write the artefact to", Required = true };

    public TrainCommand()
        : base(
            "train",
            "Trains a LightGBM model on bars, tapes or a stored dataset: evaluates it by walk-forward, trains it on all rows, converts it to ONNX and writes the artefact.",
            "btcagent train --bars btc-2017.csv btc-2018.csv --horizon 60 --barrier-bps 50 --out models/hourly --report hourly.html")
    {
        _input.AddTo(this);
        Options.Add(_out);
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var folder = arguments.GetValue(_out)!;
        UsageException.UnlessWritable("--out", () => WritablePath.CheckFolder(folder));
        _input.Overwrite.Check(arguments, "--out", folder, ModelArtefact.IsAlone);
        var run = _input.Run(arguments, output, withModel: true, cancellationToken);
        AtomicFolder.Write(folder, run.Artefact!.Files());
        output.Result(TrainingSummary.Of(run, folder), console => TrainingTable.Write(console, run, folder));
        return ExitCodes.Ok;
    }
}
