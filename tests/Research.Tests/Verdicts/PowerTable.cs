using System.Collections.Concurrent;
using System.Globalization;
using BtcAgent.Domain.Models;

namespace BtcAgent.Research.Tests.Verdicts;

/// <summary>Size and power of the verdict; <c>eng/power-table</c> runs the whole table, each build a few histories.</summary>
public sealed class PowerTable(ITestOutputHelper output)
{
    private const int Histories = 200;

    [Fact]
    public void Verdict_SmokeOfShortHistories_ClaimsNoNoiseAndFindsTheEdge()
    {
        const int Days = 60;
        var cancel = TestContext.Current.CancellationToken;

        Assert.False(PowerStudy.Judge(new PlantedHistory { Seed = 1, Minutes = Days * 24 * 60 }, 0, cancel).Survives);
        Assert.False(PowerStudy.Judge(new PlantedHistory { Seed = 2, Minutes = Days * 24 * 60 }, PowerStudy.FeeBps, cancel).Survives);
        var edge = PowerStudy.Judge(
            new PlantedHistory { Seed = 3, Minutes = Days * 24 * 60, EdgeBps = 8 * PowerStudy.FeeBps }, PowerStudy.FeeBps, cancel);
        Assert.True(edge.Survives, edge.Headline());
    }

    [Fact(Explicit = true)]
    public void Verdict_RandomWalks_AreClaimedInAtMostFivePercent()
    {
        Assert.InRange(Row("random walks", Histories, 0, 0, seed: 10_000), 0, 0.05);
        Assert.InRange(Row("random walks", Histories, PowerStudy.FeeBps, 0, seed: 20_000), 0, 0.05);
    }

    /// <summary>An edge of exactly its cost is none.</summary>
    [Fact(Explicit = true)]
    public void Verdict_EdgesUpToTheirCost_AreClaimedInAtMostFivePercent() =>
        Assert.InRange(Row("planted edges", Histories / 4, PowerStudy.FeeBps, 1, seed: 50_000), 0, 0.05);

    [Fact(Explicit = true)]
    public void Verdict_EdgesAboveTheirCost_AreFoundTheMoreTheLarger()
    {
        var smaller = Row("planted edges", Histories / 4, PowerStudy.FeeBps, 1.25, seed: 51_000);
        Assert.InRange(Row("planted edges", Histories / 4, PowerStudy.FeeBps, 1.5, seed: 52_000), smaller, 1);
    }

    [Fact(Explicit = true)]
    public void Verdict_EdgesOfTwiceTheirCost_AreFoundInAtLeastEightyPercent() =>
        Assert.InRange(Row("planted edges", Histories / 4, PowerStudy.FeeBps, 2, seed: 53_000), 0.8, 1);

    /// <summary>Judges the histories on every processor and returns the claimed share.</summary>
    private double Row(string name, int count, int feeBps, double times, int seed)
    {
        var states = new ConcurrentBag<VerdictState>();
        Parallel.For(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = TestContext.Current.CancellationToken },
            i => states.Add(PowerStudy.Judge(
                new PlantedHistory { Seed = seed + i, EdgeBps = 2 * times * feeBps }, feeBps, TestContext.Current.CancellationToken).State));
        var claimed = states.Count(s => s == VerdictState.Survives);
        var others = string.Join(", ", states.GroupBy(s => s).OrderByDescending(g => g.Count()).Select(g => $"{g.Key} {g.Count()}"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {name} | {count} | {feeBps} | {times:0.##} | {claimed} ({100.0 * claimed / count:0.#} %) | {others} |"));
        return (double)claimed / count;
    }
}
