using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Models.LightGbm.Native;
using BtcAgent.Research.Optimization.Samplers;

namespace BtcAgent.Research.Optimization.Benchmarks;

/// <summary>
/// Records the table of LightGBM results: every combination of the grid is trained on the same seeded, synthetic, noisy data, and
/// its log loss on other rows of it is written.
/// </summary>
public static class LightGbmRecording
{
    /// <summary>Losses are written as whole numbers, in units of 1/100,000.</summary>
    internal const double Scale = 100_000;

    private const int Rows = 1_000;
    private const int TestRows = 2_000;
    private const int Features = 12;

    /// <summary>Name and levels of each parameter, the number of rounds last.</summary>
    internal static ImmutableArray<(string Name, ImmutableArray<double> Levels)> Grid { get; } =
    [
        ("leaves", [3, 6, 12, 24, 48]),
        ("rate", [0.01, 0.02, 0.04, 0.08, 0.16, 0.32]),
        ("rows-in-leaf", [5, 20, 60, 150]),
        ("feature-fraction", [0.3, 0.6, 1.0]),
        ("bagging-fraction", [0.4, 0.7, 1.0]),
        ("rounds", [10, 25, 50, 100]),
    ];

    internal static int RoundLevels => Grid[^1].Levels.Length;

    /// <summary>Trains every combination and writes the table: about 1,100 trainings of 100 rounds, minutes on one core.</summary>
    /// <param name="output">The table as CSV: a header, then a line per combination with the losses after each number of rounds.</param>
    /// <param name="ct">Ends the recording.</param>
    public static void Write(TextWriter output, CancellationToken ct = default)
    {
        var rounds = Grid[^1];
        output.Write(string.Join(',', Grid[..^1].Select(axis => axis.Name).Concat(rounds.Levels.Select(level => $"{rounds.Name}-{level}"))) + "\n");
        foreach (var levels in Combinations())
        {
            ct.ThrowIfCancellationRequested();
            var names = levels.Select((level, axis) => Grid[axis].Levels[level].ToString(CultureInfo.InvariantCulture));
            var losses = Losses(levels).Select(loss => Math.Round(loss * Scale).ToString(CultureInfo.InvariantCulture));
            output.Write(string.Join(',', names.Concat(losses)) + "\n");
        }
    }

    /// <summary>Levels of all parameters but the rounds, the last one varying fastest.</summary>
    internal static IEnumerable<int[]> Combinations() => Grid[..^1].Aggregate(
        (IEnumerable<int[]>)[[]], (before, axis) => before.SelectMany(levels => Enumerable.Range(0, axis.Levels.Length).Select(level => (int[])[.. levels, level])));

    /// <summary>Place of a combination of levels in the table.</summary>
    internal static int IndexOf(int[] levels) => levels.Select((level, axis) => (level, Grid[axis].Levels.Length))
        .Aggregate(0, (index, axis) => (index * axis.Length) + axis.level);

    /// <summary>Log loss after each number of rounds.</summary>
    internal static double[] Losses(int[] levels)
    {
        double Level(int axis) => Grid[axis].Levels[levels[axis]];
        var options = new TrainingOptions
        {
            Leaves = (int)Level(0),
            LearningRate = Level(1),
            MinRowsInLeaf = (int)Level(2),
            FeatureFraction = Level(3),
            BaggingFraction = Level(4),
            BaggingFrequency = 1,
            Rounds = (int)Grid[^1].Levels[^1],
            EarlyStoppingRounds = 0,
            MaxBins = 63,
        };
        var (values, labels) = Data();
        string[] names = [.. Enumerable.Range(0, Features).Select(i => $"f{i}")];
        using var train = new TrainingTable(values, names, [new RowRange(0, Rows)], labels[..Rows], null, options);
        using var test = new TrainingTable(values, names, [new RowRange(Rows, TestRows)], labels[Rows..], null, options, train);
        var metrics = BoosterTrainer.Train(train, test, options).Metrics;
        // Training ends early when no tree can be grown; further rounds would change nothing.
        return [.. Grid[^1].Levels.Select(level => metrics[Math.Min((int)level, metrics.Length) - 1])];
    }

    /// <summary>A step, a product, a sine and a line in four of the features decide a label with noise.</summary>
    private static (float[] Values, float[] Labels) Data()
    {
        var random = new TrialRandom(2026);
        var (values, labels) = (new float[(Rows + TestRows) * Features], new float[Rows + TestRows]);
        for (var row = 0; row < labels.Length; row++)
        {
            var x = values.AsSpan(row * Features, Features);
            for (var i = 0; i < Features; i++)
            {
                x[i] = (float)((2 * random.NextUnit()) - 1);
            }

            var signal = (x[0] > 0.2f ? 1 : -0.5) + (2 * x[1] * x[2]) + Math.Sin(4 * x[3]) + (0.8 * x[4]);
            labels[row] = random.NextUnit() < 1 / (1 + Math.Exp(-signal)) ? 1 : 0;
        }

        return (values, labels);
    }
}
