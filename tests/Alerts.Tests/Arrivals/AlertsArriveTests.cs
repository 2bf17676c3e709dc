using BtcAgent.Domain.Alerts;
using static BtcAgent.Alerts.Tests.Engine.BookRun;

namespace BtcAgent.Alerts.Tests.Arrivals;

/// <summary>From two conditions to a real SMTP server and HTTP receivers.</summary>
public sealed class AlertsArriveTests
{
    private static readonly AlertCondition[] Both = [Condition("Tripped"), Condition("Tripped", portfolio: "other")];

    public static TheoryData<string> Dead => ["", .. SmallAgent.Channels];

    [Theory, MemberData(nameof(Dead))]
    public async Task Alerts_OneChannelDeadForAnHour_ArriveOnceEachGroupedEscalatedAndAcknowledged(string dead)
    {
        await using var agent = await SmallAgent.StartAsync();
        agent.Kill(dead);
        await agent.RunAsync(TimeSpan.FromMinutes(20), Both);
        foreach (var alert in agent.Book.List())
        {
            agent.Book.Acknowledge(alert.Id, new Acknowledgement("ann", agent.Now, null, "on it"));
        }

        await agent.RunAsync(TimeSpan.FromMinutes(40), Both);
        foreach (var channel in SmallAgent.Channels)
        {
            Assert.Equal(channel == dead, agent.Health(channel).Problem is not null);
            Assert.Equal(channel == dead, agent.Health(channel).Waiting > 0);
        }

        agent.Kill("");
        await agent.DrainAsync(Both);
        await agent.RunAsync(TimeSpan.FromMinutes(6));
        await agent.DrainAsync();
        Assert.Equal(["CRITICAL 2", "RESOLVED 2"], agent.Arrived("mail"));
        Assert.Equal(["CRITICAL 2", "RESOLVED 2"], agent.Arrived("slack"));
        Assert.Equal(["CRITICAL 2", "RESOLVED 2"], agent.Arrived("telegram"));
        Assert.Equal(["CRITICAL -", "RESOLVED -"], agent.Arrived("twilio"));
        Assert.Equal(["CRITICAL, NOT ACKNOWLEDGED -", "RESOLVED -"], agent.Arrived("sms"));
        Assert.Equal(["CRITICAL 2", "ACKNOWLEDGED 1", "ACKNOWLEDGED 1", "RESOLVED 2"], agent.Arrived("hook"));
        Assert.Equal(["TRIGGER 2", "ACKNOWLEDGE 2", "RESOLVE 2"], agent.Arrived("pager"));
    }
}
