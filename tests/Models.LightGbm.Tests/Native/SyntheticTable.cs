using BtcAgent.Models.LightGbm.Native;

namespace BtcAgent.Models.LightGbm.Tests.Native;

/// <summary>Rows of noise in which the first two features decide the label, with missing values among them.</summary>
internal static class SyntheticTable
{
    public const int Columns = 6;

    public static readonly string[] Names = [.. Enumerable.Range(0, Columns).Select(i => $"f{i}")];

    public static (float[] Values, float[] Labels) Make(int rows, int seed)
    {
        var random = new Random(seed);
        var values = new float[rows * Columns];
        var labels = new float[rows];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < Columns; c++)
            {
                values[(r * Columns) + c] = random.NextDouble() < 0.05 ? float.NaN : (float)((random.NextDouble() * 2) - 1);
            }

            var (a, b) = (values[r * Columns], values[(r * Columns) + 1]);
            var score = (float.IsNaN(a) ? 0.5 : a) + (float.IsNaN(b) ? -0.5 : b * b) + (0.3 * (random.NextDouble() - 0.5));
            labels[r] = score > 0.2 ? 1 : 0;
        }

        return (values, labels);
    }

    public static TrainingOptions Options(int seed = 1) => new()
    {
        Rounds = 40,
        LearningRate = 0.1,
        Leaves = 15,
        Seed = seed,
        FeatureFraction = 0.8,
        BaggingFraction = 0.8,
        BaggingFrequency = 1,
    };

    public static TrainingOutcome Train(TrainingOptions options, int rows = 2_000)
    {
        var (values, labels) = Make(rows, 7);
        using var table = new TrainingTable(values, Names, [new RowRange(0, rows)], labels, null, options);
        return BoosterTrainer.Train(table, null, options);
    }
}
