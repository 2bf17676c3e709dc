using System.CommandLine;
using System.Text.Json;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Signals;
using BtcAgent.Research.Datasets;
using Spectre.Console;

namespace BtcAgent.Cli.Models;

/// <summary>Explains a model's score of one row.</summary>
internal sealed class ModelExplainCommand : CliCommand
{
    private const int Shown = 15;

    private readonly Argument<string> _artefact = new("artefact") { Description = "folder or zip" };

    private readonly Option<string?> _dataset = new("--dataset") { Description = "Parquet dataset to take the row from" };

    private readonly Option<int> _row = new("--row") { Description = "row of the dataset, from 0" };

    private readonly Option<string?> _features = new("--features") { Description = "JSON file with an object of feature names and values; missing features are unknown" };

    public ModelExplainCommand()
        : base(
            "explain",
            "Shows each feature's contribution to the raw score of one row (TreeSHAP).",
            "btcagent model explain models/hourly --dataset btc-2018.parquet --row 1000")
    {
        Arguments.Add(_artefact);
        foreach (var option in new Option[] { _dataset, _row, _features })
        {
            Options.Add(option);
        }
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var artefact = ModelArtefact.Read(arguments.GetValue(_artefact)!);
        using var opened = new ServableForest(artefact);
        var values = Values(arguments, opened.Description, cancellationToken);
        var explanation = opened.Explain(values);
        var parts = opened.Description.Features
            .Select((name, i) => new ExplainedFeature(name, values[i], explanation.Contributions[i]))
            .OrderByDescending(p => Math.Abs(p.Contribution)).ToArray();
        var probability = artefact.Manifest.Calibration.Apply(explanation.RawScore);
        output.Result(new ExplainedScore(artefact.Id, explanation.RawScore, probability, explanation.Baseline, parts), console =>
        {
            console.WriteLine(FormattableString.Invariant(
                $"raw score {explanation.RawScore:F6} = {explanation.Baseline:F6} + contributions; probability of a rise {probability:F4}"));
            foreach (var part in parts.Take(Shown))
            {
                console.WriteLine(FormattableString.Invariant($"{part.Contribution,12:F6}  {part.Feature} = {part.Value:G6}"));
            }
        });
        return ExitCodes.Ok;
    }

    private float[] Values(ParseResult arguments, ModelDescription model, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_features) is { } file)
        {
            var given = JsonSerializer.Deserialize<Dictionary<string, float?>>(File.ReadAllText(file))
                ?? throw new UsageException($"'{file}' contains null, not an object of feature names and values");
            return given.Keys.FirstOrDefault(k => !model.Features.Contains(k)) is { } unknown
                ? throw new UsageException($"the model has no feature '{unknown}'")
                : [.. model.Features.Select(name => given.GetValueOrDefault(name) ?? float.NaN)];
        }

        if (arguments.GetValue(_dataset) is not { } path)
        {
            throw new UsageException("no row: give --dataset FILE --row N, or --features FILE");
        }

        var dataset = DatasetReader.ReadAsync(path, model.SchemaHash, cancellationToken).GetAwaiter().GetResult();
        var row = arguments.GetValue(_row);
        return row >= 0 && row < dataset.Rows.Rows
            ? dataset.Rows.Row(row).ToArray()
            : throw new UsageException($"--row must be 0…{dataset.Rows.Rows - 1}, not {row}");
    }
}
