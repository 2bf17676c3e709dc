using BtcAgent.Alerts.Engine;
using BtcAgent.Domain.Alerts;
using static BtcAgent.Alerts.Tests.Engine.BookRun;

namespace BtcAgent.Alerts.Tests.Engine;

public sealed class EscalationTests
{
    private static readonly EscalationStep[] Steps =
    [
        new(TimeSpan.FromMinutes(15), ["sms"]), new(TimeSpan.FromMinutes(30), ["sms", "pager"]),
    ];

    private static readonly AlertPolicy Policy =
        BookRun.Policy(Channel("mail"), Channel("sms", from: null), Channel("pager", from: null)) with { Steps = [.. Steps] };

    [Fact]
    public void Advance_NobodyAcknowledges_TakesEachStepOnce()
    {
        var run = new BookRun(Policy);
        run.Run(TimeSpan.FromHours(2), Condition("Tripped"));
        run.Run(TimeSpan.FromMinutes(6));
        Assert.Equal(
            [
                "mail Firing: main: Tripped", "sms Escalation: main: Tripped", "sms Escalation: main: Tripped", "pager Escalation: main: Tripped",
                "mail Resolved: main: Tripped", "pager Resolved: main: Tripped", "sms Resolved: main: Tripped",
            ],
            [.. run.Said()[..4], .. run.Said()[4..].Order()]);
        Assert.Equal(TimeSpan.FromMinutes(15), run.Messages[1].CreatedAt - run.Messages[1].Alerts[0].FiringSince);
        Assert.Equal(TimeSpan.FromMinutes(30), run.Messages[3].CreatedAt - run.Messages[3].Alerts[0].FiringSince);
    }

    [Fact]
    public void Advance_Acknowledged_TakesNoFurtherStep()
    {
        var run = new BookRun(Policy);
        run.Run(TimeSpan.FromMinutes(20), Condition("Tripped"));
        run.Book.Acknowledge(run.Book.List()[0].Id, new Acknowledgement("ann", run.Now, null, "on it"));
        run.Run(TimeSpan.FromHours(2), Condition("Tripped"));
        Assert.DoesNotContain(run.Messages, message => message.Channel == "pager");
    }

    [Fact]
    public void Advance_Warning_IsNotEscalated()
    {
        var run = new BookRun(Policy);
        run.Run(TimeSpan.FromHours(2), Condition("Lag", AlertSeverity.Warning));
        Assert.Equal(["mail Firing: main: Lag"], run.Said());
    }

    [Fact]
    public void Advance_RestartBetweenSteps_ContinuesWithTheNext()
    {
        var run = new BookRun(Policy);
        run.Run(TimeSpan.FromMinutes(20), Condition("Tripped"));
        run.Restart();
        run.Run(TimeSpan.FromHours(1), Condition("Tripped"));
        Assert.Equal(["mail", "sms", "sms", "pager"], run.Messages.Select(message => message.Channel));
    }

    [Fact]
    public void Advance_BrokenChannel_IsNotAskedToReportItself()
    {
        var run = new BookRun(BookRun.Policy(Channel("mail"), Channel("slack")) with { Steps = [new(TimeSpan.FromMinutes(1), ["mail", "slack"])] });
        var broken = Condition("ChannelBroken");
        run.Run(TimeSpan.FromMinutes(10), broken with { Labels = broken.Labels.Add("channel", "mail") });
        Assert.Equal(["slack", "slack"], run.Messages.Select(message => message.Channel));
    }
}
