using System.Globalization;
using BtcAgent.Domain.Retraining;

namespace BtcAgent.Domain.Tests.Retraining;

public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("0 3 * * *", "2026-11-29T03:00:00Z", "2026-11-30T03:00:00Z")]
    [InlineData("0 3 * * *", "2026-11-29T02:59:59.9999999Z", "2026-11-29T03:00:00Z")]
    [InlineData("*/15 * * * *", "2026-11-29T20:31:47Z", "2026-11-29T20:45:00Z")]
    [InlineData("5/20 8-9 * * *", "2026-11-29T09:45:00Z", "2026-11-30T08:05:00Z")]
    [InlineData("0 0 1 1 *", "2026-11-29T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("30 4 * * 0", "2026-11-29T05:00:00Z", "2026-12-06T04:30:00Z")]
    [InlineData("30 4 * * 7", "2026-11-29T05:00:00Z", "2026-12-06T04:30:00Z")]
    [InlineData("0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z")]
    [InlineData("0 0 13 * 5", "2026-11-28T00:00:00Z", "2026-12-04T00:00:00Z")]
    [InlineData("0 12 * 1,6 1-5", "2026-11-29T00:00:00Z", "2027-01-01T12:00:00Z")]
    public void After_Instant_IsTheNextOccurrence(string text, string instant, string expected)
    {
        Assert.True(CronSchedule.TryParse(text, out var cron, out _));

        Assert.Equal(Parse(expected), cron.After(Parse(instant)));
    }

    [Theory]
    [InlineData("0 3 * *", "4 fields")]
    [InlineData("60 3 * * *", "not a minute")]
    [InlineData("0 24 * * *", "not a hour")]
    [InlineData("0 3 0 * *", "not a day of the month")]
    [InlineData("0 3 * 13 *", "not a month")]
    [InlineData("0 3 * * 8", "not a day of the week")]
    [InlineData("*/0 * * * *", "not a minute")]
    [InlineData("9-3 * * * *", "not a minute")]
    [InlineData("a * * * *", "not a minute")]
    [InlineData("0 0 31 2 *", "never occurs")]
    [InlineData("1,,2 * * * *", "not a minute")]
    public void TryParse_Wrong_SaysWhatIsWrong(string text, string problem)
    {
        Assert.False(CronSchedule.TryParse(text, out _, out var said));
        Assert.Contains(problem, said, StringComparison.Ordinal);
    }

    private static Timestamp Parse(string text) => Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));
}
