using System.Globalization;
using BtcAgent.Social.X.Api;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Social.Tests.X.Api;

public sealed class RateLimitResetTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(100, null, 100.0)]
    [InlineData(-1, null, null)]
    [InlineData(100_000, null, 960.0)]
    [InlineData(3_700, 3_600, 100.0)]
    [InlineData(-3_500, -3_600, 100.0)]
    public void In_Reset_IsMeasuredByTheClockOfTheAnswer(int resetAfter, int? dateAfter, double? expected) =>
        Assert.Equal(expected, In(Now.AddSeconds(resetAfter).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), dateAfter)?.TotalSeconds);

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999999")]
    public void In_NotASecond_IsUnknown(string value) => Assert.Null(In(value, null));

    [Fact]
    public void In_NoHeader_IsUnknown() => Assert.Null(RateLimitReset.In(new HttpResponseMessage().Headers, new FakeTimeProvider(Now)));

    private static TimeSpan? In(string reset, int? dateAfter)
    {
        using var answer = new HttpResponseMessage();
        answer.Headers.TryAddWithoutValidation("x-rate-limit-reset", reset);
        answer.Headers.Date = dateAfter is { } seconds ? Now.AddSeconds(seconds) : null;
        return RateLimitReset.In(answer.Headers, new FakeTimeProvider(Now));
    }
}
