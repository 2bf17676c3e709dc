using System.Collections.Concurrent;
using System.Globalization;
using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Searches;
using BtcAgent.Research.Optimization.Studies;
using BtcAgent.Research.Tests.Verdicts;

namespace BtcAgent.Research.Tests.Optimization.Searches;

/// <summary>
/// How often a whole search writes a model: TPE over small forests, selection, untouched window. <c>eng/discovery-table</c> runs
/// the table, each build the smoke of <see cref="ForestSearchTests"/>.
/// </summary>
public sealed class DiscoveryTable(ITestOutputHelper output)
{
    private const string Model = "model";

    /// <summary>Histories of each kind, each of a year of minutes.</summary>
    private static readonly int Histories = Setting("DISCOVERY_HISTORIES", 50);

    /// <summary>Trials of each search.</summary>
    private static readonly int Trials = Setting("DISCOVERY_TRIALS", 40);

    [Fact(Explicit = true)]
    public void Run_RandomWalks_WriteAModelInAtMostFivePercent() => Assert.InRange(Row("random walks", 0, seed: 60_000), 0, 0.05);

    [Fact(Explicit = true)]
    public void Run_EdgesOfTwiceTheirCost_WriteAModelInAtLeastEightyPercent() =>
        Assert.InRange(Row("planted edges of twice the costs", 2, seed: 61_000), 0.8, 1);

    /// <summary>Searches each history and returns the share of those with a model.</summary>
    private double Row(string name, double times, int seed)
    {
        var cancel = TestContext.Current.CancellationToken;
        var reasons = new ConcurrentBag<string>();
        Parallel.For(0, Histories, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel }, i =>
        {
            var history = new PlantedHistory { Seed = seed + i, EdgeBps = 2 * times * PowerStudy.FeeBps };
            var plan = new SearchPlan
            {
                Space = PlantedSearch.Space,
                Defaults = PlantedSearch.Settings(),
                Study = new StudyOptions { Trials = Trials, Seed = (ulong)(i + 1) },
            };
            var outcome = new ForestSearch(PlantedSearch.Data(history), plan, new TpeSampler(), openings: null).Run(null, cancel);
            reasons.Add(outcome.Passes ? Model : outcome.Selection?.Reasons[0].Code ?? "NO_TRIAL");
        });

        var written = reasons.Count(r => r == Model);
        var others = string.Join(", ", reasons.Where(r => r != Model).GroupBy(r => r).OrderByDescending(g => g.Count()).Select(g => $"{g.Key} {g.Count()}"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {Histories} | a year, {Trials} trials × 5 folds | {written} ({100.0 * written / Histories:0.#} %) | {others} |"));
        return (double)written / Histories;
    }

    private static int Setting(string name, int byDefault) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : byDefault;
}
