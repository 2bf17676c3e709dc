using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Research.Datasets;
using BtcAgent.Storage.Files;
using Spectre.Console;

namespace BtcAgent.Cli.Datasets;

/// <summary>Builds a labelled dataset and stores it as Parquet.</summary>
internal sealed class DatasetBuildCommand : CliCommand
{
    private readonly DatasetInput _input = new();

    private readonly Option<string> _out = new("--out") { Description = "Parquet file to write", Required = true };

    private readonly OverwriteOption _overwrite = new();

    public DatasetBuildCommand()
        : base(
            "build",
            "Computes features, labels and weights from bars or tapes and stores them as Parquet with their schema hash.",
            "btcagent dataset build --bars btc-2018.csv --horizon 60 --barrier-bps 50 --out btc-2018.parquet")
    {
        _input.AddTo(this, withStored: false);
        Options.Add(_out);
        _overwrite.AddTo(this);
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        _input.Check(arguments);
        var path = arguments.GetValue(_out)!;
        UsageException.UnlessWritable("--out", () => WritablePath.CheckFile(path));
        _overwrite.Check(arguments, "--out", path, DatasetWriter.IsDataset);
        var dataset = output.WithProgress(report =>
        {
            var built = _input.Read(arguments, output, (what, share) => report(what, 0.7 * share), cancellationToken).Dataset;
            report("writing", 0.7);
            DatasetWriter.WriteAsync(path, built, cancel: cancellationToken).GetAwaiter().GetResult();
            return built;
        });
        var summary = new DatasetSummary(
            path,
            dataset.Rows.Rows,
            dataset.Rows.Features.Length,
            dataset.Labels.Known.Count(k => k),
            dataset.Labels.Outcome.Count(o => o > 0),
            dataset.Labels.Outcome.Count(o => o < 0),
            dataset.Labels.Definition,
            FormattableString.Invariant($"{dataset.Rows.SchemaHash:x16}"),
            DatasetHash.Of(dataset));
        output.Result(summary, console => console.WriteLine(FormattableString.Invariant(
            $"{summary.Rows} rows × {summary.Features} features, {summary.LabelsKnown} labels known ({summary.Up} up, {summary.Down} down), written to {path}")));
        return ExitCodes.Ok;
    }
}
