using BtcAgent.Alerts.Engine;
using BtcAgent.Domain.Alerts;
using static BtcAgent.Alerts.Tests.Engine.BookRun;

namespace BtcAgent.Alerts.Tests.Engine;

public sealed class QuietHoursTests
{
    /// <summary>Runs start at 12:00 UTC: 13:00 in Zurich's winter.</summary>
    private static readonly QuietHours Night = new(new TimeOnly(14, 0), new TimeOnly(7, 0), TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich"), MuteCritical: false);

    [Theory]
    [InlineData("2026-01-05T12:59:59Z", false)]
    [InlineData("2026-01-05T13:00:00Z", true)]
    [InlineData("2026-01-06T05:59:59Z", true)]
    [InlineData("2026-01-06T06:00:00Z", false)]
    [InlineData("2026-07-06T04:59:59Z", true)]
    [InlineData("2026-07-06T05:00:00Z", false)]
    public void Mutes_Warning_ByTheZonesClock(string at, bool expected) =>
        Assert.Equal(expected, Night.Mutes(AlertSeverity.Warning, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Advance_WarningInQuietHours_IsSentAtTheirEndIfItStillFires()
    {
        var run = new BookRun(Policy() with { Quiet = Night });
        run.Run(TimeSpan.FromMinutes(90));
        run.Run(TimeSpan.FromHours(1), Condition("Lag", AlertSeverity.Warning), Condition("Short", AlertSeverity.Warning));
        run.Run(TimeSpan.FromHours(15), Condition("Lag", AlertSeverity.Warning));
        Assert.Empty(run.Messages);
        run.Run(TimeSpan.FromHours(1), Condition("Lag", AlertSeverity.Warning));
        Assert.Equal(["mail Firing: main: Lag"], run.Said());
    }

    [Fact]
    public void Advance_EndInQuietHours_IsSentAfterThem()
    {
        var run = new BookRun(Policy() with { Quiet = Night });
        run.Run(TimeSpan.FromMinutes(59), Condition("Lag", AlertSeverity.Warning));
        run.Run(TimeSpan.FromHours(16.9));
        Assert.Equal(["mail Firing: main: Lag"], run.Said());
        run.Run(TimeSpan.FromMinutes(30));
        Assert.Equal(["mail Firing: main: Lag", "mail Resolved: main: Lag"], run.Said());
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void Advance_CriticalInQuietHours_IsHeldBackOnlyIfSaid(bool muteCritical, int messages)
    {
        var run = new BookRun(Policy() with { Quiet = Night with { MuteCritical = muteCritical } });
        run.Run(TimeSpan.FromMinutes(90));
        run.Run(TimeSpan.FromHours(1), Condition("Tripped"));
        Assert.Equal(messages, run.Messages.Count);
    }
}
