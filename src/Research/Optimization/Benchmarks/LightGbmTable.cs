using System.Globalization;
using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Benchmarks;

/// <summary>
/// Results of LightGBM on a grid of parameters, recorded by <see cref="LightGbmRecording"/>: a search looks them up instead of
/// training. Parameters are numbers of levels, since the grid has nothing between them.
/// </summary>
internal static class LightGbmTable
{
    private const string Resource = "Optimization.lightgbm-table.csv";
    private static readonly Lazy<double[]> Losses = new(Read);

    internal static BenchmarkProblem Problem { get; } = new(
        "lightgbm",
        new SearchSpace(LightGbmRecording.Grid.Select(axis => new IntegerParameter(axis.Name, 0, axis.Levels.Length - 1))),
        point => Losses.Value[LightGbmRecording.IndexOf([.. LightGbmRecording.Grid.Select(axis => (int)point.Integer(axis.Name))])],
        Losses.Value.Min());

    /// <summary>Losses in the order of <see cref="LightGbmRecording.IndexOf"/>.</summary>
    private static double[] Read()
    {
        using var stream = typeof(LightGbmTable).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"resource {Resource} is missing from the assembly");
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        var losses = new List<double>();
        while (reader.ReadLine() is { } line)
        {
            losses.AddRange(line.Split(',')[^LightGbmRecording.RoundLevels..]
                .Select(text => int.Parse(text, CultureInfo.InvariantCulture) / LightGbmRecording.Scale));
        }

        return [.. losses];
    }
}
