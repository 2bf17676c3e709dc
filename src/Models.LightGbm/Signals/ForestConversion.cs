using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Conversion;
using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Native;
using BtcAgent.Models.LightGbm.Onnx;

namespace BtcAgent.Models.LightGbm.Signals;

/// <summary>
/// Converts LightGBM's text to an ONNX file that has passed the conversion check against native LightGBM.
/// </summary>
public static class ForestConversion
{
    /// <param name="text">LightGBM's model text.</param>
    /// <param name="seed">Seed of the check's rows.</param>
    /// <param name="cancellationToken">Checked before each step.</param>
    /// <exception cref="ModelRefusedException">A row took another branch, or its score differs too much.</exception>
    /// <exception cref="ModelFormatException">The text is not a model that can be converted.</exception>
    /// <exception cref="LightGbmException">Native LightGBM is not available.</exception>
    public static (byte[] Onnx, ConversionSummary Check) Convert(string text, int seed, CancellationToken cancellationToken)
    {
        var forest = Forest.Parse(text);
        cancellationToken.ThrowIfCancellationRequested();
        var onnx = OnnxConverter.Convert(forest);
        cancellationToken.ThrowIfCancellationRequested();
        var report = Compare(forest, text, onnx, new ConversionCheckOptions { Seed = seed });
        return report.Passed
            ? (onnx, new ConversionSummary(report.Rows, (int)report.BranchDifferences, report.MaxRelativeDifference))
            : throw new ModelRefusedException($"the converted model does not pass the conversion check: {string.Join("; ", report.Reasons)}");
    }

    /// <summary>Compares an ONNX file with native LightGBM's leaves and raw scores.</summary>
    public static ConversionReport Compare(Forest forest, string text, byte[] onnx, ConversionCheckOptions options)
    {
        using var booster = Booster.FromText(text);
        return ConversionCheck.Compare(forest, onnx, options, (rows, count, leaves, raw) =>
        {
            var columns = forest.Features;
            var predicted = booster.Predict(rows.AsSpan(0, count * columns), columns, PredictionKind.LeafIndex);
            for (var i = 0; i < predicted.Length; i++)
            {
                leaves[i] = (int)predicted[i];
            }

            booster.Predict(rows.AsSpan(0, count * columns), columns, PredictionKind.RawScore).CopyTo(raw, 0);
        });
    }
}
