using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace BtcAgent.Models.LightGbm.Conversion;

/// <summary>
/// Passes a converted model only if every tree reaches the same leaf as in LightGBM for every adversarial row, and the
/// scores agree.
/// </summary>
public static class ConversionCheck
{
    private const int BatchRows = 2_048;

    /// <param name="forest">The forest that was converted.</param>
    /// <param name="onnx">The converted model, in the bytes that will be served.</param>
    /// <param name="options">Rows, seed and tolerance.</param>
    /// <param name="oracle">Native LightGBM; the managed evaluator when null.</param>
    /// <param name="progress">Receives the number of rows compared so far.</param>
    /// <param name="cancellationToken">Checked between batches.</param>
    public static ConversionReport Compare(
        Forest forest, byte[] onnx, ConversionCheckOptions? options = null, ReferenceScores? oracle = null,
        IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(forest);
        ArgumentNullException.ThrowIfNull(onnx);
        options ??= new ConversionCheckOptions();
        var evaluator = new ForestEvaluator(forest);
        var comparison = new RowComparison(evaluator, options);
        try
        {
            var twin = LeafModel.Of(onnx, forest);
            using var scores = new OnnxRun(onnx, forest.Features);
            using var leaves = new OnnxRun(twin, forest.Features);
            var source = new AdversarialRows(forest, options.Seed);
            for (var done = 0; done < options.Rows;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = Math.Min(BatchRows, options.Rows - done);
                var rows = new float[count * forest.Features];
                source.Fill(rows);
                var due = (Leaves: new int[count * forest.Trees.Length], Raw: new double[count * forest.Outputs]);
                (oracle ?? evaluator.Answer)(rows, count, due.Leaves, due.Raw);
                var found = scores.Run(rows, count, OnnxConverter.RawScore, OnnxConverter.Probabilities);
                comparison.AddLeaves(rows, due.Leaves, leaves.Run(rows, count, LeafModel.Output)[0]);
                comparison.AddScores(rows, due.Raw, found[0], found[1]);
                done += count;
                progress?.Report(done);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or OnnxRuntimeException)
        {
            comparison.Refuse(exception.Message);
        }

        return comparison.Report();
    }

    private static void Answer(this ForestEvaluator evaluator, float[] rows, int count, int[] leaves, double[] raw)
    {
        var (features, trees, outputs) = (
            evaluator.Forest.Features, evaluator.Forest.Trees.Length, evaluator.Forest.Outputs);
        var row = new double[features];
        for (var i = 0; i < count; i++)
        {
            for (var f = 0; f < features; f++)
            {
                row[f] = rows[i * features + f];
            }

            evaluator.Leaves(row, leaves.AsSpan(i * trees, trees));
            evaluator.Raw(row, raw.AsSpan(i * outputs, outputs));
        }
    }
}
