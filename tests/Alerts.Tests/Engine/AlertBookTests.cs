using System.Collections.Immutable;
using System.Text.Json;
using BtcAgent.Alerts.Engine;
using BtcAgent.Alerts.Settings;
using BtcAgent.Domain.Alerts;
using static BtcAgent.Alerts.Tests.Engine.BookRun;

namespace BtcAgent.Alerts.Tests.Engine;

public sealed class AlertBookTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Advance_ConditionBeginsAndEnds_IsSentOnceEach()
    {
        var run = new BookRun(Policy());
        run.Run(TimeSpan.FromHours(1), Condition("Tripped"));
        run.Run(TimeSpan.FromHours(1));
        Assert.Equal(["mail Firing: main: Tripped", "mail Resolved: main: Tripped"], run.Said());
        Assert.Equal(TimeSpan.FromSeconds(31), run.Messages[0].CreatedAt - Start);
    }

    [Fact]
    public void Test_RepeatedAfterARestart_SendsNothingAndFindsTheFirstMessages()
    {
        var policy = Policy();
        var state = new AlertBookState();
        var first = new AlertBook(policy, state).Test(Start, Condition("TestAlert"), "a1");
        var restored = JsonSerializer.Deserialize<AlertBookState>(JsonSerializer.Serialize(state))!;
        var book = new AlertBook(policy, restored);

        Assert.NotEmpty(first);
        Assert.Equal(first, book.Test(Start + Minute, Condition("TestAlert"), "a1"));
        Assert.Equal(first.Count, book.Outbox.Length);
        Assert.NotEqual(first, book.Test(Start + Minute, Condition("TestAlert"), "a2"));
    }

    [Fact]
    public void Advance_ConditionShorterThanFor_IsNeverSent()
    {
        var run = new BookRun(Policy());
        run.Run(TimeSpan.FromSeconds(59), Condition("Tripped", forSeconds: 60));
        Assert.Equal(AlertPhase.Pending, Assert.Single(run.Book.List()).Phase);
        run.Run(TimeSpan.FromHours(1));
        Assert.Empty(run.Messages);
        Assert.Empty(run.Book.List());
    }

    [Fact]
    public void Advance_ConditionAsLongAsFor_Fires()
    {
        var run = new BookRun(Policy());
        run.Run(TimeSpan.FromSeconds(61), Condition("Tripped", forSeconds: 60));
        Assert.Equal(AlertPhase.Firing, Assert.Single(run.Book.List()).Phase);
    }

    [Fact]
    public void Advance_SeveralOfOneRuleWithinTheWait_AreOneMessage()
    {
        var run = new BookRun(Policy());
        run.Run(TimeSpan.FromSeconds(10), Condition("Tripped"));
        run.Run(Minute, Condition("Tripped"), Condition("Tripped", portfolio: "other"));
        Assert.Equal(2, Assert.Single(run.Messages).Alerts.Length);
    }

    [Fact]
    public void Advance_GroupByLabel_IsAMessageEach()
    {
        var run = new BookRun(Policy() with { GroupBy = ["portfolio"] });
        run.Run(Minute, Condition("Tripped"), Condition("Tripped", portfolio: "other"));
        Assert.Equal(["Tripped/main", "Tripped/other"], run.Messages.Select(message => message.Group).Order());
    }

    [Fact]
    public void Advance_AnotherOneLater_WaitsForTheGroupsInterval()
    {
        var run = new BookRun(Policy());
        run.Run(Minute, Condition("Tripped"));
        run.Run(TimeSpan.FromMinutes(4), Condition("Tripped"), Condition("Tripped", portfolio: "other"));
        Assert.Single(run.Messages);
        run.Run(Minute, Condition("Tripped"), Condition("Tripped", portfolio: "other"));
        Assert.Equal(2, run.Messages.Count);
        Assert.Equal(TimeSpan.FromMinutes(5), run.Messages[1].CreatedAt - run.Messages[0].CreatedAt);
    }

    [Fact]
    public void Advance_FiresAgainWithinTheInterval_IsSentAgainOnce()
    {
        var run = new BookRun(Policy());
        run.Run(Minute, Condition("Tripped"));
        run.Run(Minute);
        run.Run(TimeSpan.FromHours(1), Condition("Tripped"));
        Assert.Equal(["mail Firing: main: Tripped", "mail Firing: main: Tripped"], run.Said());
    }

    [Fact]
    public void Advance_StillFiring_IsRepeatedUntilAcknowledged()
    {
        var run = new BookRun(Policy());
        run.Run(TimeSpan.FromHours(25), Condition("Tripped"));
        Assert.Equal([DeliveryKind.Firing, DeliveryKind.Repeat, DeliveryKind.Repeat], run.Messages.Select(message => message.Kind));
        run.Book.Acknowledge(run.Book.List()[0].Id, new Acknowledgement("ann", run.Now, null, "on it"));
        run.Run(TimeSpan.FromHours(25), Condition("Tripped"));
        Assert.Equal(3, run.Messages.Count);
        run.Run(TimeSpan.FromMinutes(6));
        Assert.Equal(DeliveryKind.Resolved, run.Messages[^1].Kind);
    }

    [Fact]
    public void Acknowledge_UntilATime_RepeatsAfterIt()
    {
        var run = new BookRun(Policy());
        run.Run(Minute, Condition("Tripped"));
        run.Book.Acknowledge(run.Book.List()[0].Id, new Acknowledgement("ann", run.Now, run.Now + TimeSpan.FromHours(13), "later"));
        run.Run(TimeSpan.FromHours(12.9), Condition("Tripped"));
        Assert.Single(run.Messages);
        run.Run(TimeSpan.FromMinutes(20), Condition("Tripped"));
        Assert.Equal(DeliveryKind.Repeat, run.Messages[^1].Kind);
        Assert.Null(run.Book.List()[0].Acknowledged);
    }

    [Fact]
    public void Acknowledge_UnknownOrEnded_IsNull()
    {
        var run = new BookRun(Policy());
        run.Run(Minute, Condition("Tripped"));
        var id = run.Book.List()[0].Id;
        run.Run(Minute);
        Assert.Null(run.Book.Acknowledge(id, new Acknowledgement("ann", run.Now, null, "late")));
        Assert.Null(run.Book.Acknowledge("none", new Acknowledgement("ann", run.Now, null, "late")));
    }

    [Fact]
    public void Acknowledge_ChannelThatKeepsIncidents_IsInformed()
    {
        var run = new BookRun(Policy(Channel("mail"), Channel("pager") with { CarriesAcknowledgements = true }));
        run.Run(Minute, Condition("Tripped"));
        run.Book.Acknowledge(run.Book.List()[0].Id, new Acknowledgement("ann", run.Now, null, "on it"));
        run.Step();
        Assert.Equal("pager Acknowledged: main: Tripped", run.Said()[^1]);
        Assert.Equal(3, run.Messages.Count);
    }

    [Fact]
    public void Advance_SeverityBelowTheChannels_IsNotSentThere()
    {
        var run = new BookRun(Policy(Channel("mail", AlertSeverity.Info), Channel("pager", AlertSeverity.Critical)));
        run.Run(Minute, Condition("Lag", AlertSeverity.Warning));
        Assert.Equal(["mail Firing: main: Lag"], run.Said());
    }

    [Fact]
    public void Advance_CriticalOfTheSameLabels_MutesTheWarning()
    {
        var run = new BookRun(Policy());
        run.Run(Minute, Condition("Stale", AlertSeverity.Warning), Condition("Stale"), Condition("Stale", AlertSeverity.Warning, "other"));
        Assert.Equal(
            [("main", AlertSeverity.Critical), ("other", AlertSeverity.Warning)],
            Assert.Single(run.Messages).Alerts.Select(alert => (alert.Labels["portfolio"], alert.Severity)).OrderBy(alert => alert.Item1));
        run.Run(TimeSpan.FromMinutes(6), Condition("Stale", AlertSeverity.Warning));
        Assert.Contains(run.Messages[^1].Alerts, alert => alert is { Severity: AlertSeverity.Warning, IsFiring: true });
    }

    [Fact]
    public void Advance_RuleThatFollowsFromAnother_IsMuted()
    {
        var run = new BookRun(Policy() with { MutedBy = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("Starved", ["Tripped"]) });
        run.Run(Minute, Condition("Starved", AlertSeverity.Warning), Condition("Tripped"), Condition("Starved", AlertSeverity.Warning, "other"));
        Assert.Equal(["mail Firing: other: Starved", "mail Firing: main: Tripped"], run.Said());
        Assert.Equal("Tripped", run.Book.List().Single(alert => alert is { Name: "Starved", MutedBy: not null }).MutedBy);
    }

    [Theory]
    [InlineData(AlertNoise.Silent, 1)]
    [InlineData(AlertNoise.Off, 0)]
    public void Observe_QuietRule_IsNotSent(AlertNoise noise, int listed)
    {
        var run = new BookRun(Policy() with { Noise = ImmutableDictionary<string, AlertNoise>.Empty.Add("Tripped", noise), Steps = [new EscalationStep(Minute, ["mail"])] });
        run.Run(TimeSpan.FromHours(13), Condition("Tripped"));
        run.Book.Raise(run.Now, Source, Condition("Tripped"));
        run.Run(Minute, Condition("Tripped"));
        Assert.Empty(run.Messages);
        Assert.Equal(2 * listed, run.Book.List().Length);
    }

    [Fact]
    public void Observe_SourceThatDoesNotKnow_LeavesTheAlert()
    {
        var run = new BookRun(Policy());
        run.Run(Minute, Condition("Tripped"));
        run.Book.Observe(run.Now, Source, [], ["Tripped"]);
        Assert.Equal(AlertPhase.Firing, Assert.Single(run.Book.List()).Phase);
        run.Book.Observe(run.Now, "another part", [], []);
        Assert.Equal(AlertPhase.Firing, Assert.Single(run.Book.List()).Phase);
    }

    [Fact]
    public void Advance_SourceThatIsGone_EndsItsAlerts()
    {
        var run = new BookRun(Policy());
        run.Book.Observe(run.Now, "gateway", [Condition("Login", AlertSeverity.Warning)], []);
        run.Run(AlertBook.SourceSilentMax - Minute);
        Assert.Equal(AlertPhase.Firing, Assert.Single(run.Book.List()).Phase);
        run.Run(TimeSpan.FromMinutes(2));
        Assert.Equal(AlertPhase.Resolved, Assert.Single(run.Book.List()).Phase);
    }

    [Fact]
    public void Raise_Moment_IsSentAtOnceAndOnce()
    {
        var run = new BookRun(Policy(Channel("mail", AlertSeverity.Info)));
        run.Book.Raise(run.Now, "node", Condition("Started", AlertSeverity.Info));
        run.Step();
        Assert.Equal(["mail Firing: main: Started"], run.Said());
        run.Run(TimeSpan.FromHours(30));
        Assert.Single(run.Messages);
        run.Book.Raise(run.Now, "node", Condition("Started", AlertSeverity.Info));
        run.Step();
        Assert.Equal(2, run.Messages.Count);
        Assert.Equal(2, run.Messages.SelectMany(message => message.Alerts).DistinctBy(alert => alert.Id).Count());
    }

    [Fact]
    public void Restart_OpenAlert_IsNeitherSentAgainNorForgotten()
    {
        var run = new BookRun(Policy());
        run.Run(Minute, Condition("Tripped"), Condition("Lag", AlertSeverity.Warning, forSeconds: 90));
        run.Restart();
        run.Run(TimeSpan.FromMinutes(10), Condition("Tripped"), Condition("Lag", AlertSeverity.Warning, forSeconds: 90));
        run.Restart();
        run.Run(TimeSpan.FromMinutes(10));
        Assert.Equal(
            ["mail Firing: main: Lag", "mail Firing: main: Tripped", "mail Resolved: main: Lag", "mail Resolved: main: Tripped"], run.Said().Order());
    }

    [Fact]
    public void Restart_MessageNotAccepted_KeepsItsId()
    {
        var run = new BookRun(Policy()) { Accepts = false };
        run.Run(Minute, Condition("Tripped"));
        var before = Assert.Single(run.Book.Outbox);
        run.Restart();
        run.Run(Minute, Condition("Tripped"));
        Assert.Equal(before.Id, Assert.Single(run.Book.Outbox).Id);
    }

    [Fact]
    public void Advance_NobodyAccepts_KeepsTheNewestMessages()
    {
        var run = new BookRun(Policy() with { WaitingMax = 10, RepeatInterval = TimeSpan.FromMinutes(5) }) { Accepts = false };
        run.Run(TimeSpan.FromHours(3), Condition("Tripped"));
        Assert.Equal(10, run.Book.Outbox.Length);
        Assert.True(run.State.Dropped > 10);
        Assert.Equal(10, run.Book.Outbox.Select(message => message.Id).Distinct().Count());
    }

    [Fact]
    public void Version_UnchangedAlert_StaysSoThatNothingIsWritten()
    {
        var run = new BookRun(Policy());
        run.Run(Minute, Condition("Tripped", detail: "lag 1"));
        var before = run.Book.Version;
        run.Run(TimeSpan.FromHours(1), Condition("Tripped", detail: "lag 2"));
        Assert.Equal(before, run.Book.Version);
        Assert.Equal("lag 2", Assert.Single(run.Book.List()).Detail);
    }

    [Fact]
    public void Advance_ManyEndedAlerts_AreForgotten()
    {
        var run = new BookRun(Policy());
        for (var i = 0; i < 300; i++)
        {
            run.Run(TimeSpan.FromSeconds(1), Condition("Tripped", portfolio: $"p{i}"));
        }

        Assert.True(run.Book.List().Length <= AlertBook.ResolvedMax + 1);
        run.Run(TimeSpan.FromHours(25));
        Assert.Empty(run.Book.List());
        Assert.Empty(run.State.Groups);
    }

    /// <summary>A state that an earlier version has stored must load.</summary>
    [Fact]
    public void State_OfThisVersion_Loads()
    {
        const string Stored = """
            {"Alerts":[{"Id":"0a","Name":"FeedDead","Severity":3,"Labels":{"instrument":"BINANCE:BTCUSDT"},"Summary":"no data","Detail":"","Source":"agent","Phase":2,
            "PendingSince":"2026-01-05T12:00:00+00:00","FiringSince":"2026-01-05T12:00:30+00:00","ResolvedAt":null,"For":"00:00:30","IsMoment":false,"IsSilent":false,
            "Acknowledged":{"By":"ann","At":"2026-01-05T12:01:00+00:00","Until":null,"Reason":"on it"},"StepsTaken":1,"MutedBy":null}],
            "Groups":[{"Key":"FeedDead","NextAt":"2026-01-05T12:05:00+00:00","Notices":[{"Channel":"mail","Firing":[{"Id":"0a","Since":"2026-01-05T12:00:30+00:00"}],
            "SentAt":"2026-01-05T12:01:00+00:00"}]}],"Outbox":[],"Sequence":7,"Dropped":0}
            """;
        var state = JsonSerializer.Deserialize<AlertBookState>(Stored)!;
        var alert = Assert.Single(new AlertBook(Policy(), state).List());
        Assert.Equal(("ann", 1, AlertSeverity.Critical, TimeSpan.FromSeconds(30)), (alert.Acknowledged!.By, alert.StepsTaken, alert.Severity, alert.For));
        Assert.Equal("0a", Assert.Single(Assert.Single(state.Groups).Notices[0].Firing).Id);
    }
}
