using System.Collections.Immutable;
using BtcAgent.Domain.Models;

namespace BtcAgent.Domain.Tests.Models;

public sealed class ChampionGateTests
{
    [Theory]
    [InlineData(VerdictState.Survives, true, false, false, true)]
    [InlineData(VerdictState.Survives, false, false, false, true)]
    [InlineData(VerdictState.Leaks, true, true, false, false)]
    [InlineData(VerdictState.Leaks, true, false, true, true)]
    [InlineData(VerdictState.LosesToCosts, false, false, true, false)]
    [InlineData(VerdictState.LosesToCosts, false, true, false, true)]
    [InlineData(null, true, true, false, false)]
    [InlineData(null, true, false, true, true)]
    [InlineData(null, false, false, false, false)]
    [InlineData(null, false, true, false, true)]
    public void WhyNot_AnyVerdict_AsksForTheOverrideOrTheSetting(
        VerdictState? state, bool realMoney, bool unprovenTradesOnPaper, bool isOverridden, bool mayTrade)
    {
        var why = new ChampionGate(realMoney, unprovenTradesOnPaper).WhyNot(Of(state), isOverridden);

        Assert.Equal(mayTrade, why is null);
        Assert.True(mayTrade || why!.Contains(realMoney ? "override.person" : "Agent:UnprovenModelsTrade", StringComparison.Ordinal), why);
    }

    private static ModelDescription Of(VerdictState? state) => new()
    {
        Id = "m-1",
        Hash = "h",
        SchemaHash = 1,
        Objective = "binary sigmoid:1",
        Trees = 1,
        Features = ["a"],
        Label = "l",
        TrainedFrom = Timestamp.FromUnixMilliseconds(1),
        TrainedTo = Timestamp.FromUnixMilliseconds(2),
        Metrics = ImmutableSortedDictionary<string, double>.Empty,
        Lineage = ImmutableSortedDictionary<string, string>.Empty,
        ParityRows = 1,
        ParityDifference = 0,
        Verdict = state is { } known ? new Verdict(known, [new("TRADES", known == VerdictState.Survives, 1, 30, "One round trip.")]) : null,
    };
}
