using System.Text.Json;
using CsCheck;

namespace BtcAgent.Domain.Tests.Values;

public sealed class TimestampTests
{
    [Fact]
    public void Json_AnyTime_RoundTripsToTheNanosecond() =>
        Gen.Long[0, long.MaxValue].Sample(nanoseconds =>
        {
            var time = new Timestamp(nanoseconds);
            Assert.Equal(time, JsonSerializer.Deserialize<Timestamp>(JsonSerializer.Serialize(time)));
        });

    [Fact]
    public void Json_Known_IsIso8601() =>
        Assert.Equal(
            "\"2024-08-08T23:54:13.937085768Z\"", JsonSerializer.Serialize(new Timestamp(1_723_161_253_937_085_768)));

    [Theory]
    [InlineData("\"2024-08-08T23:54:13Z\"")]
    [InlineData("\"2024-13-08T23:54:13.937085768Z\"")]
    [InlineData("\"2024-08-08T23:54:13.93708576xZ\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    public void Json_AnythingElse_IsRefused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Timestamp>(json));

    [Fact]
    public void RoundDownTo_AnyInterval_StartsTheIntervalThatHoldsIt() =>
        Gen.Select(Gen.Long[0, long.MaxValue / 2], Gen.Long[1, TimeSpan.TicksPerDay]).Sample((nanoseconds, ticks) =>
        {
            var interval = TimeSpan.FromTicks(ticks);
            var start = new Timestamp(nanoseconds).RoundDownTo(interval);
            Assert.Equal(0, start.UnixNanoseconds % (ticks * 100));
            Assert.True(start <= new Timestamp(nanoseconds) && new Timestamp(nanoseconds) < start + interval);
        });

    [Fact]
    public void Conversions_BetweenUnits_Agree()
    {
        var time = Timestamp.FromUnixMilliseconds(1_723_161_253_937);
        Assert.Equal(Timestamp.FromUnixMicroseconds(1_723_161_253_937_000), time);
        Assert.Equal(1_723_161_253_937, time.UnixMilliseconds);
        Assert.Equal(time, Timestamp.FromDateTimeOffset(time.ToDateTimeOffset()));
        Assert.Equal(TimeSpan.FromSeconds(2), time + TimeSpan.FromSeconds(2) - time);
        Assert.Equal(time, time + TimeSpan.FromSeconds(2) - TimeSpan.FromSeconds(2));
        Assert.Equal("2024-08-08T23:54:13.9370000Z", time.ToString());
        Assert.True(time.IsKnown);
        Assert.False(Timestamp.Unknown.IsKnown);
        Assert.True(time > Timestamp.Unknown && time >= Timestamp.Unknown && time.CompareTo(Timestamp.Unknown) > 0);
    }

    [Fact]
    public void Conversions_OutOfRange_Throw()
    {
        Assert.Throws<OverflowException>(() => Timestamp.FromUnixMilliseconds(long.MaxValue));
        Assert.Throws<OverflowException>(() => Timestamp.FromUnixMicroseconds(long.MaxValue));
        Assert.Throws<OverflowException>(() => new Timestamp(long.MaxValue) + TimeSpan.FromTicks(1));
    }
}
