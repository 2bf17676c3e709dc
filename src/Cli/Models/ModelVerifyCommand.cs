using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Conversion;
using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Signals;
using Spectre.Console;

namespace BtcAgent.Cli.Models;

/// <summary>Checks an artefact like a promotion: checksums, names, loading, conversion check against native LightGBM.</summary>
internal sealed class ModelVerifyCommand : CliCommand
{
    private readonly Argument<string> _artefact = new("artefact") { Description = "folder or zip" };

    public ModelVerifyCommand()
        : base("verify", "Checks an artefact's sums and feature names, opens it, and repeats the conversion check.", "btcagent model verify models/hourly") =>
        Arguments.Add(_artefact);

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var artefact = ModelArtefact.Read(arguments.GetValue(_artefact)!);
        using var opened = new ServableForest(artefact);
        var forest = Forest.Parse(artefact.Text);
        var report = ForestConversion.Compare(forest, artefact.Text, artefact.Onnx, new ConversionCheckOptions());
        if (!report.Passed)
        {
            throw new ModelRefusedException($"'{artefact.Id}' differs after conversion: {string.Join("; ", report.Reasons)}");
        }

        output.Result(
            new VerifiedModel(artefact.Id, Ok: true, report.Rows, report.BranchDifferences, report.MaxRelativeDifference),
            console => console.WriteLine(FormattableString.Invariant(
                $"{artefact.Id}: sums ok, features ok, opens, {report.Rows} rows equal (greatest relative difference {report.MaxRelativeDifference:G3})")));
        return ExitCodes.Ok;
    }
}
