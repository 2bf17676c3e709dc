using BtcAgent.Domain.Risk;
using BtcAgent.Grains.Tests.Execution;

namespace BtcAgent.Grains.Tests.Risk;

/// <summary>
/// A running agent trips every code of <c>docs/risk.md</c>, rules and breakers: no rule without a producer.
/// </summary>
public sealed class RiskTableTests(RiskTableTests.Agents agents) : IClassFixture<RiskTableTests.Agents>
{
    public static TheoryData<string> Rules => [.. EveryRuleTrips.ByCode.Keys];

    public static TheoryData<string> Breakers => [.. EveryBreakerTrips.ByCode.Keys];

    [Fact]
    public void Table_EveryCodeOfTheDocument_HasATrip() =>
        Assert.Equal(Documented().Order(), EveryRuleTrips.ByCode.Keys.Concat(EveryBreakerTrips.ByCode.Keys).Order());

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Rule_ItsCondition_TripsItThroughTheAgent(string code) => await EveryRuleTrips.ByCode[code](agents.OnPaper.Begin(code));

    [Theory]
    [MemberData(nameof(Breakers))]
    public async Task Breaker_ItsCondition_TripsItThroughTheAgent(string code) => await EveryBreakerTrips.ByCode[code](agents.Live.Begin(code));

    /// <summary>Codes of the table of rules, and of the row of breakers on health.</summary>
    private static IEnumerable<string> Documented()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "BtcAgent.sln")))
        {
            folder = folder.Parent!;
        }

        foreach (var line in File.ReadLines(Path.Combine(folder.FullName, "docs", "risk.md")))
        {
            if (line.StartsWith("| `", StringComparison.Ordinal))
            {
                yield return line.Split('`')[1];
            }
            else if (line.StartsWith("| health:", StringComparison.Ordinal))
            {
                foreach (var code in line.Split('|')[1].Split('`').Where((_, i) => i % 2 == 1))
                {
                    yield return code;
                }
            }
        }
    }

    /// <summary>
    /// An agent on paper whose health is not checked, and one with real orders whose breakers refuse while tripped.
    /// </summary>
    public sealed class Agents : IAsyncLifetime
    {
        internal AgentRig OnPaper { get; } = new(
            EveryRuleTrips.ByCode.Keys,
            new RiskLimits
            {
                CoolDownMs = 2_500,
                MaxModelAgeDays = 30,
                MaxFeaturesOutOfRange = 3,
                RoundTripFeeBps = 1,
                System = new SystemLimits { FeedStalenessMs = null, LatencyP99Ms = null, SinkLagSeconds = null, IntervalsWithoutDecision = null },
            },
            venue: null);

        internal AgentRig Live { get; } = new(
            EveryBreakerTrips.ByCode.Keys,
            new RiskLimits { CoolOffMinutes = 0, System = new SystemLimits { Action = BreakerAction.Deny, FeedStalenessMs = 30_000, IntervalsWithoutDecision = 3 } },
            new ScriptedVenue { RequestLifetime = TimeSpan.FromSeconds(60), IsSilent = true });

        public async ValueTask InitializeAsync()
        {
            await OnPaper.StartAsync();
            await Live.StartAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await OnPaper.DisposeAsync();
            await Live.DisposeAsync();
        }
    }
}
