using System.Collections.Immutable;
using BtcAgent.Domain;
using BtcAgent.Domain.Experiments;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Trading;
using BtcAgent.Silo.Experiments;

namespace BtcAgent.Silo.Tests.Experiments;

public sealed class AccountComparisonTests
{
    private static readonly Timestamp Start = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Days_OfTwoInstruments_AreThoseThatAllHave()
    {
        ImmutableArray<VirtualAccountSummary> one = [Account("rule", 0.001, 2, 3, 4), Account("model", 0.003, 3, 4, 5)];
        ImmutableArray<VirtualAccountSummary> two = [Account("rule", 0.002, 3, 4), Account("model", 0.004, 3, 4)];

        var days = AccountComparison.Days([one, two], "rule", "model", new DateOnly(2026, 1, 3), ["a gate"]);

        var day = Assert.Single(days);
        Assert.Equal((new DateOnly(2026, 1, 4), 10), (day.Day, day.Trades));
        Assert.Equal(0.0015, day.ChampionPnl, 12);
        Assert.Equal(0.0035, day.ChallengerPnl, 12);
        Assert.Equal((200, 0.5), (day.Health.Samples, day.Health.ScoreSpread));
        Assert.Equal(["a gate"], day.Health.RedGates);
    }

    [Fact]
    public void Days_WhereOneInstrumentHasNoAccount_AreNone() =>
        Assert.Empty(AccountComparison.Days([[Account("rule", 0, 2), Account("model", 0, 2)], [Account("rule", 0, 2)]], "rule", "model", null, []));

    [Fact]
    public void Now_OfACanary_HasItsShareOfTheProfitSinceItBecameOne()
    {
        var experiment = Experiment.Begin("ab-1", "s", "rule", "model", new ExperimentPlan { CanaryShare = 0.1 }, Start);
        Assert.Null(AccountComparison.Now([[Account("rule", 0, 2)]], experiment, []));
        var account = Account("model", -0.01, 3, 4, 5);
        Assert.Equal(0, AccountComparison.Now([[account]], experiment, [])!.Value.Health.CanaryPnl);

        var canary = experiment with
        {
            Stage = ExperimentStage.Canary,
            Moves = experiment.Moves.Add(experiment.Moves[0] with { At = Start + TimeSpan.FromDays(2.5), To = ExperimentStage.Canary }),
        };

        // Since 2026-01-03: the days 4, 5 and today.
        Assert.Equal(-0.003, AccountComparison.Now([[account]], canary, [])!.Value.Health.CanaryPnl, 12);

        var own = AccountComparison.Now([[account]], canary, [], new CanaryFigures("canary", -0.001, "halted"))!.Value.Health;
        Assert.Equal((-0.001, "canary", "halted"), (own.CanaryPnl, own.CanaryPortfolio, own.CanaryStop));
    }

    private static VirtualAccountSummary Account(string model, double pnl, params int[] days) =>
        new(model, 100_000, 100_000, 0, 0, BreakerMode.Active, [.. days.Select(day => Day(day, pnl))], Day(6, pnl));

    private static VirtualDay Day(int day, double pnl) => new()
    {
        Day = new DateOnly(2026, 1, day),
        Pnl = pnl,
        Fills = 5,
        Samples = 100,
        Failures = 0,
        ScoreMin = 0.25,
        ScoreMax = 0.75,
        Until = Start + TimeSpan.FromDays(day - 0.001),
    };
}
