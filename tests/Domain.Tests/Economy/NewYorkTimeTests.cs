using System.Globalization;
using BtcAgent.Domain.Economy;

namespace BtcAgent.Domain.Tests.Economy;

public sealed class NewYorkTimeTests
{
    [Theory]
    [InlineData("2026-03-07", "08:30", "2026-03-07T13:30:00Z")] // The day before summer time.
    [InlineData("2026-03-08", "08:30", "2026-03-08T12:30:00Z")]
    [InlineData("2026-03-08", "01:59", "2026-03-08T06:59:00Z")]
    [InlineData("2026-03-08", "02:30", "2026-03-08T07:30:00Z")] // Skipped.
    [InlineData("2026-03-08", "03:00", "2026-03-08T07:00:00Z")]
    [InlineData("2026-07-14", "08:30", "2026-07-14T12:30:00Z")]
    [InlineData("2026-10-31", "08:30", "2026-10-31T12:30:00Z")]
    [InlineData("2026-11-01", "01:30", "2026-11-01T05:30:00Z")] // Repeated.
    [InlineData("2026-11-01", "08:30", "2026-11-01T13:30:00Z")]
    [InlineData("2027-03-14", "14:00", "2027-03-14T18:00:00Z")]
    [InlineData("2026-12-09", "14:00", "2026-12-09T19:00:00Z")]
    public void At_BothSidesOfTheChanges_IsTheInstant(string date, string time, string instant) => Assert.Equal(
        Instant(instant), NewYorkTime.At(DateOnly.Parse(date, CultureInfo.InvariantCulture), TimeOnly.Parse(time, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2026-03-08T04:59:00Z", "2026-03-07")]
    [InlineData("2026-03-08T05:00:00Z", "2026-03-08")]
    [InlineData("2026-07-14T03:59:00Z", "2026-07-13")]
    [InlineData("2026-07-14T04:00:00Z", "2026-07-14")]
    [InlineData("2026-11-02T04:59:00Z", "2026-11-01")]
    [InlineData("2026-11-02T05:00:00Z", "2026-11-02")]
    public void DateOf_AroundMidnight_IsTheDayThere(string instant, string date) =>
        Assert.Equal(DateOnly.Parse(date, CultureInfo.InvariantCulture), NewYorkTime.DateOf(Instant(instant)));

    private static Timestamp Instant(string text) => Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));
}
