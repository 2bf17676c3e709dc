using BtcAgent.Benchmarks.FirstHour;

namespace BtcAgent.Silo.Tests.FirstHour;

/// <summary>
/// What a new user's agent does on the embedded market. <c>eng/first-hour</c> runs ten seeds; docs/performance.md has the table.
/// </summary>
public sealed class FirstHourTests
{
    private static readonly Dictionary<string, string?> AsShipped = [];

    [Fact]
    public void Run_OneHourOfThreeSeeds_TradesAndTheMedianKeepsItsMoney()
    {
        var hours = Enumerable.Range(1, 3).Select(seed => FirstHourCommand.RunSeed(seed, TimeSpan.FromHours(1), AsShipped)).ToArray();
        var said = string.Join("; ", hours.Select(h => FormattableString.Invariant($"seed {h.Seed}: {h.ReturnPercent:F3} %, {h.Fills} fills, {h.Fees:F0} fees")));
        TestContext.Current.TestOutputHelper?.WriteLine(said);

        Assert.True(hours.Select(h => h.ReturnPercent).Order().ElementAt(1) >= -0.1, said);
        Assert.All(hours, h => Assert.True(h.Fills > 0, said));
    }

    [Fact]
    public void Run_SameSeed_SameDecisions()
    {
        var (first, again) = (Run(7), Run(7));

        Assert.Equal(first.Hash, again.Hash);
        Assert.NotEqual(first.Hash, Run(8).Hash);

        static FirstHourResult Run(int seed) => FirstHourCommand.RunSeed(seed, TimeSpan.FromMinutes(10), AsShipped);
    }

    /// <summary>With fees that no trend of this market pays for, the agent waits instead of paying them.</summary>
    [Fact]
    public void Run_FeesAboveEveryExpectation_WaitsForTheReasonThatItStates()
    {
        var dear = new Dictionary<string, string?> { ["Agent:Paper:TakerFeeBps"] = "50" };

        var hour = FirstHourCommand.RunSeed(1, TimeSpan.FromMinutes(30), dear);

        Assert.Equal((0, 0), (hour.Orders, hour.Fills));
        Assert.Contains(hour.Waits, wait => wait.Key == "EXPECTED_COST" && wait.Value > 10);
    }
}
