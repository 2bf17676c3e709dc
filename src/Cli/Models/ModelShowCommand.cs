using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;
using Spectre.Console;

namespace BtcAgent.Cli.Models;

/// <summary>Shows the manifest of an artefact.</summary>
internal sealed class ModelShowCommand : CliCommand
{
    private const int FeaturesShown = 15;

    private readonly Argument<string> _artefact = new("artefact") { Description = "folder or zip" };

    public ModelShowCommand()
        : base("show", "Shows a model's label, window, metrics, features and lineage.", "btcagent model show models/hourly") =>
        Arguments.Add(_artefact);

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var artefact = ModelArtefact.Read(arguments.GetValue(_artefact)!);
        var manifest = artefact.Manifest;
        output.Result(new ShownModel(artefact.Id, artefact.Hash, manifest), console =>
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumn("").AddColumn(Markup.Escape(artefact.Id));
            Row("verdict", (manifest.Verdict ?? Verdict.NotJudged).Headline());
            Row("objective", FormattableString.Invariant($"{manifest.Objective}, {manifest.Trees} trees"));
            Row("label", manifest.Label);
            Row("trained", FormattableString.Invariant($"{manifest.TrainedFrom:yyyy-MM-dd HH:mm} to {manifest.TrainedTo:yyyy-MM-dd HH:mm} UTC"));
            Row("schema", manifest.SchemaHash);
            Row("entry, exit confidence", FormattableString.Invariant($"{manifest.Policy.EntryConfidence:F4}, {manifest.Policy.ExitConfidence:F4}"));
            Row("conversion check", FormattableString.Invariant($"{manifest.Parity.Rows} rows, {manifest.Parity.BranchDifferences} branch differences"));
            foreach (var (name, value) in manifest.Metrics)
            {
                Row(name, FormattableString.Invariant($"{value:G6}"));
            }

            foreach (var (name, value) in manifest.Lineage)
            {
                Row(name, value);
            }

            foreach (var feature in manifest.Features.OrderByDescending(f => f.Gain).Take(FeaturesShown).Where(f => f.IsUsed))
            {
                Row($"gain of {feature.Name}", FormattableString.Invariant($"{feature.Gain:F1}, {feature.Low:G5}…{feature.High:G5}"));
            }

            console.Write(table);

            void Row(string name, string value) => table.AddRow(Markup.Escape(name), Markup.Escape(value));
        });
        return ExitCodes.Ok;
    }
}
