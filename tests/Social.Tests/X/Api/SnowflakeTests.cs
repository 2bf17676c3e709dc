using BtcAgent.Domain;
using BtcAgent.Social.X.Api;

namespace BtcAgent.Social.Tests.X.Api;

public sealed class SnowflakeTests
{
    [Fact]
    public void TimeOf_FirstAt_AreInverse()
    {
        Assert.Equal(Timestamp.FromUnixMilliseconds(1_288_834_974_657), Snowflake.TimeOf(0));
        Assert.Equal(Timestamp.FromUnixMilliseconds(1_288_834_975_657), Snowflake.TimeOf(1_000L << 22));
        var time = Timestamp.FromUnixMilliseconds(1_794_312_000_123);
        Assert.Equal(time, Snowflake.TimeOf(Snowflake.FirstAt(time)));
        Assert.Equal(time - TimeSpan.FromMilliseconds(1), Snowflake.TimeOf(Snowflake.FirstAt(time) - 1));
    }
}
