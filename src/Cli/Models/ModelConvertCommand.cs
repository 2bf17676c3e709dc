using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Conversion;
using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Native;
using BtcAgent.Models.LightGbm.Onnx;
using BtcAgent.Models.LightGbm.Signals;
using BtcAgent.Storage.Files;
using Spectre.Console;

namespace BtcAgent.Cli.Models;

/// <summary>Converts any LightGBM model text to ONNX and checks the conversion.</summary>
internal sealed class ModelConvertCommand : CliCommand
{
    private readonly Argument<string> _text = new("model.txt") { Description = "LightGBM model text" };

    private readonly Option<string?> _out = new("--out") { Description = "ONNX file to write; beside the text when absent" };

    private readonly OverwriteOption _overwrite = new();

    private readonly Option<bool> _double = new("--double") { Description = "take features in double precision instead of float" };

    private readonly Option<int> _seed = new("--seed") { Description = "seed of the compared rows", DefaultValueFactory = _ => 1 };

    public ModelConvertCommand()
        : base(
            "convert",
            "Converts a LightGBM model text to ONNX and compares both on 20,000 adversarial rows; a model that differs is refused and not written.",
            "btcagent model convert model.txt --out model.onnx")
    {
        Arguments.Add(_text);
        foreach (var option in new Option[] { _out, _double, _seed })
        {
            Options.Add(option);
        }

        _overwrite.AddTo(this);
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var path = arguments.GetValue(_text)!;
        var text = File.Exists(path) ? File.ReadAllText(path) : throw new UsageException($"there is no file '{path}'");
        var target = arguments.GetValue(_out) ?? Path.ChangeExtension(path, ".onnx");
        UsageException.UnlessWritable("--out", () => WritablePath.CheckFile(target));
        _overwrite.Check(arguments, "--out", target, OnnxConverter.IsOurs);
        var (forest, onnx, report) = output.WithProgress(progress =>
        {
            progress("converting", 0);
            var parsed = Forest.Parse(text);
            var bytes = OnnxConverter.Convert(
                parsed, new OnnxOptions { Precision = arguments.GetValue(_double) ? OnnxPrecision.Double : OnnxPrecision.Single });
            progress("comparing", 0.3);
            var options = new ConversionCheckOptions { Seed = arguments.GetValue(_seed) };
            return (parsed, bytes, Compare(parsed, text, bytes, options, output, cancellationToken));
        });
        if (!report.Passed)
        {
            throw new ModelRefusedException($"'{path}' differs after conversion: {string.Join("; ", report.Reasons)}");
        }

        AtomicFile.WriteAllBytes(target, onnx);
        var summary = new ConvertedModel(
            target, forest.Objective.Name, forest.Trees.Length, forest.Features, forest.Outputs, report.Rows, report.BranchDifferences, report.MaxRelativeDifference);
        output.Result(summary, console => console.WriteLine(FormattableString.Invariant(
            $"{target}: {summary.Trees} trees, {summary.Features} features, {summary.Outputs} outputs ({summary.Objective}); {summary.ParityRows} rows compared, {summary.BranchDifferences} branch differences, greatest relative difference {summary.MaxRelativeDifference:G3}")));
        return ExitCodes.Ok;
    }

    private static ConversionReport Compare(
        Forest forest, string text, byte[] onnx, ConversionCheckOptions options, CommandOutput output, CancellationToken cancellationToken)
    {
        if (LightGbmLibrary.TryLoad(out var whyNot))
        {
            // Texts of random forests before v3 contain probabilities that native 4.7 interprets differently than it wrote them.
            return forest is { AveragesOutput: true, Version: "v2" }
                ? ConversionCheck.Compare(forest, onnx, options, cancellationToken: cancellationToken)
                : ForestConversion.Compare(forest, text, onnx, options);
        }

        output.Remark($"compared with the managed evaluator: {whyNot}");
        return ConversionCheck.Compare(forest, onnx, options, cancellationToken: cancellationToken);
    }
}
