using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Tests.Optimization.Samplers;

/// <summary>The density is one of the draws: it has a mass of 1, and the draws fall where it says.</summary>
public sealed class ParzenMixtureTests
{
    private const int Cells = 200;

    private static readonly SearchSpace Space = new(
        new ChoiceParameter("kind", ["a", "b", "c"]),
        new IntegerParameter("count", 1, 9, log: true),
        new NumberParameter("rate", 0.01, 1, log: true, new ParameterCondition("kind", new ParameterValue("b"))),
        new IntegerParameter("step", 0, 8, 4, condition: new ParameterCondition("kind", new ParameterValue("c"))));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public void LogDensity_AllPoints_HasMassOne(int points)
    {
        var mixture = Mixture(points);

        var mass = Cover().Sum(cell => cell.Size * Math.Exp(mixture.LogDensity(cell.Point)));

        Assert.Equal(1, mass, 3);
    }

    [Fact]
    public void Draw_ManyPoints_FallWhereTheDensitySays()
    {
        const int Draws = 100_000;
        var mixture = Mixture(7);
        var random = new TrialRandom(9);
        var expected = Cover().GroupBy(cell => Group(cell.Point))
            .ToDictionary(group => group.Key, group => group.Sum(cell => cell.Size * Math.Exp(mixture.LogDensity(cell.Point))));

        var drawn = Enumerable.Range(0, Draws).Select(_ => mixture.Draw(random)).ToList();

        drawn.ForEach(Space.Check);
        var counts = drawn.GroupBy(Group).ToDictionary(group => group.Key, group => group.Count());
        Assert.All(expected, group => Assert.Equal(group.Value, (double)counts.GetValueOrDefault(group.Key) / Draws, 0.006));
    }

    [Fact]
    public void LogDensity_NearThePoints_IsGreater()
    {
        var space = new SearchSpace(new NumberParameter("x", 0, 1), new NumberParameter("y", 0, 1));
        var mixture = new ParzenMixture(space, [Point(0.2, 0.8), Point(0.25, 0.75), Point(0.2, 0.7)], 1);

        Assert.True(mixture.LogDensity(Point(0.2, 0.75)) > mixture.LogDensity(Point(0.2, 0.2)) + 1);
        // Both coordinates occur, but never together: kernels are joint.
        var crossed = new ParzenMixture(space, [Point(0.1, 0.1), Point(0.9, 0.9)], 1);
        Assert.True(crossed.LogDensity(Point(0.1, 0.1)) > crossed.LogDensity(Point(0.1, 0.9)) + 0.5);
    }

    /// <summary>Scott's rule 0.2·n^(−1/(d+4)) of the range for 1 point in one dimension is 0.2, and clipped at 1/3.</summary>
    [Fact]
    public void LogDensity_OnePoint_IsTheHandComputedOne()
    {
        var space = new SearchSpace(new NumberParameter("x", 0, 1));
        var mixture = new ParzenMixture(space, [new(KeyValuePair.Create("x", new ParameterValue(0.5)))], 1);

        // Mass of N(0.5, 1/3) within ±1.5 deviations 0.866386; of N(0.5, 1) within ±0.5 deviations 0.382925.
        var expected = 0.5 * ((0.398942 * 3 / 0.866386) + (0.398942 / 0.382925));
        Assert.Equal(expected, Math.Exp(mixture.LogDensity(new(KeyValuePair.Create("x", new ParameterValue(0.5))))), 4);
    }

    private static ParameterPoint Point(double x, double y) =>
        new(KeyValuePair.Create("x", new ParameterValue(x)), KeyValuePair.Create("y", new ParameterValue(y)));

    private static ParzenMixture Mixture(int points)
    {
        var random = new TrialRandom(4);
        return new ParzenMixture(Space, [.. Enumerable.Range(0, points).Select(_ => RandomSampler.Draw(Space, random))], 1);
    }

    /// <summary>All discrete points, with the logarithm of the rate in cells.</summary>
    private static IEnumerable<(ParameterPoint Point, double Size)> Cover()
    {
        var rate = Space["rate"];
        var points =
            from kind in new[] { "a", "b", "c" }
            from count in Enumerable.Range(1, 9)
            select ParameterPoint.Empty.With("kind", new ParameterValue(kind)).With("count", new ParameterValue((long)count));
        foreach (var point in points)
        {
            switch (point.Choice("kind"))
            {
                case "b":
                    for (var i = 0; i < Cells; i++)
                    {
                        yield return (point.With("rate", rate.FromUnit((i + 0.5) / Cells)), Math.Log(100) / Cells);
                    }

                    break;
                case "c":
                    for (var step = 0L; step <= 8; step += 4)
                    {
                        yield return (point.With("step", new ParameterValue(step)), 1);
                    }

                    break;
                default:
                    yield return (point, 1);
                    break;
            }
        }
    }

    private static string Group(ParameterPoint point) =>
        point.With("rate", new ParameterValue(point.TryGet("rate", out var rate) ? Math.Floor(rate.Number * 5) : -1)).ToString();
}
