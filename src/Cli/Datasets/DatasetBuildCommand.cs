using System.CommandLine;
using BtcAgent.Cli.Backtests;
using BtcAgent.Cli.Output;
using BtcAgent.Cli.Tapes;
using BtcAgent.Domain.Features;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Labels;
using BtcAgent.Research.Training;
using BtcAgent.Research.Weights;
using Spectre.Console;

namespace BtcAgent.Cli.Datasets;

/// <summary>Builds a labelled dataset and stores it as Parquet.</summary>
internal sealed class DatasetBuildCommand : CliCommand
{
    private readonly BarOptions _bars = new();
    private readonly TapeInput _tapes = new();

    private readonly Option<int> _horizon = new("--horizon")
    {
        Description = "longest time a label looks ahead: bars, or samples of a tape",
        DefaultValueFactory = _ => 60,
    };

    private readonly Option<double> _barrier = new("--barrier-bps")
    {
        Description = "distance of the label's barriers in basis points; 0 labels by the return at the horizon",
        DefaultValueFactory = _ => 50,
    };

    private readonly Option<string> _out = new("--out") { Description = "Parquet file to write", Required = true };

    public DatasetBuildCommand()
        : base(
            "build",
            "Computes features, labels and weights from bars or tapes and stores them as Parquet with their schema hash.",
            "btcagent dataset build --bars btc-2018.csv --horizon 60 --barrier-bps 50 --out btc-2018.parquet")
    {
        _bars.AddTo(this);
        foreach (var option in new Option[] { _tapes.Tapes, _horizon, _barrier, _out })
        {
            Options.Add(option);
        }
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var hasBars = arguments.GetValue(_bars.Bars) is { Length: > 0 };
        if (hasBars == arguments.GetValue(_tapes.Tapes) is { Length: > 0 })
        {
            throw new UsageException("a dataset is built from --bars or from --tape, one of the two");
        }

        var path = arguments.GetValue(_out)!;
        var dataset = output.WithProgress(report =>
        {
            report("computing features", 0);
            var built = hasBars ? FromBars(arguments, cancellationToken) : FromTape(arguments, output, cancellationToken);
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

    private StoredDataset FromBars(ParseResult arguments, CancellationToken cancellationToken) =>
        new BarTraining(_bars.InstrumentOf(arguments), arguments.GetValue(_horizon), arguments.GetValue(_barrier))
            .Label(_bars.Read(arguments, cancellationToken), null, cancellationToken);

    private StoredDataset FromTape(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        const int SamplesPauseMax = 5;
        var instrument = _bars.InstrumentOf(arguments);
        var tape = _tapes.Read(arguments, instrument, output);
        var features = new FeatureOptions();
        var data = EventDatasetBuilder.Build(instrument, features, tape.Events, tape.LevelsOf, cancel: cancellationToken);
        var step = TimeSpan.FromMilliseconds(features.SampleIntervalMs);
        var path = PricePath.FromRows(data, step * SamplesPauseMax);
        var horizon = step * arguments.GetValue(_horizon);
        var barrier = arguments.GetValue(_barrier);
        var labels = barrier > 0
            ? new TripleBarrierLabeler(BarrierWidths.Fixed(barrier, barrier), horizon).Label(data, path)
            : new FixedHorizonLabeler(horizon).Label(data, path);
        return new StoredDataset(data, labels, UniquenessWeights.Of(data, labels));
    }

    private sealed record DatasetSummary(
        string File, int Rows, int Features, int LabelsKnown, int Up, int Down, string Label, string SchemaHash, string DataHash);
}
