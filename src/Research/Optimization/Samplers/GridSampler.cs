using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Samplers;

/// <summary>
/// All combinations of levels in declared order, the last parameter varying fastest. Points that differ in inactive parameters
/// only are one point of the grid.
/// </summary>
public sealed class GridSampler : ISampler
{
    /// <summary>Most points of a grid.</summary>
    public const int PointsMax = 100_000;

    private readonly int _levels;
    private Grid? _last;

    /// <param name="levels">
    /// Values of each number, and most values of an integer, 1…1,000; a choice has all of its values. Default 5.
    /// </param>
    public GridSampler(int levels = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(levels, 1_000);
        _levels = levels;
    }

    public string Description => string.Create(CultureInfo.InvariantCulture, $"grid levels={_levels}");

    /// <exception cref="SearchSpaceException">The grid has more than <see cref="PointsMax"/> points.</exception>
    /// <exception cref="InvalidOperationException">All points of the grid were suggested.</exception>
    public ParameterPoint Suggest(SearchSpace space, IReadOnlyList<ObservedTrial> history, ulong seed)
    {
        var points = Points(space);
        return history.Count < points.Length
            ? points[history.Count]
            : throw new InvalidOperationException($"the grid has {points.Length} points, all of which were suggested");
    }

    public long? TrialsMax(SearchSpace space) => Points(space).Length;

    private ImmutableArray<ParameterPoint> Points(SearchSpace space)
    {
        // Of two threads one computes for nothing.
        if (_last is { } last && ReferenceEquals(last.Space, space))
        {
            return last.Points;
        }

        var points = new List<ParameterPoint> { ParameterPoint.Empty };
        foreach (var parameter in space.Parameters)
        {
            var levels = parameter.Levels(_levels);
            points = [.. points.SelectMany(point => SearchSpace.IsActive(parameter, point)
                ? levels.Select(level => point.With(parameter.Name, level))
                : [point]).Take(PointsMax + 1)];
        }

        if (points.Count > PointsMax)
        {
            throw new SearchSpaceException($"the grid has more than {PointsMax} points: use fewer levels or parameters, or another sampler");
        }

        var grid = new Grid(space, [.. points]);
        _last = grid;
        return grid.Points;
    }

    private sealed record Grid(SearchSpace Space, ImmutableArray<ParameterPoint> Points);
}
