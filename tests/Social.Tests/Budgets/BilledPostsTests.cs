using BtcAgent.Domain;
using BtcAgent.Social.Budgets;

namespace BtcAgent.Social.Tests.Budgets;

public sealed class BilledPostsTests
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);
    private static readonly Timestamp Noon = Timestamp.FromDateTimeOffset(new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void IsCharged_SamePostSameDay_OnlyOnce()
    {
        var posts = new BilledPosts(Tolerance);
        Assert.Equal([true, false, true], [posts.IsCharged(1, Noon), posts.IsCharged(1, Noon), posts.IsCharged(1, Noon + TimeSpan.FromDays(1))]);
    }

    [Fact]
    public void IsCharged_MemoryFull_CountsAsCharged()
    {
        var posts = new BilledPosts(Tolerance, capacity: 1);
        Assert.Equal([true, true, true, false], [posts.IsCharged(1, Noon), posts.IsCharged(2, Noon), posts.IsCharged(2, Noon), posts.IsCharged(1, Noon)]);
    }

    [Theory]
    [InlineData(-61, false)]
    [InlineData(-59, true)]
    [InlineData(59, true)]
    public void IsCharged_RepeatNearMidnight_CountsAsCharged(int secondsAfterMidnight, bool expected)
    {
        var posts = new BilledPosts(Tolerance);
        posts.IsCharged(1, Noon);
        Assert.Equal(expected, posts.IsCharged(1, Noon + TimeSpan.FromHours(12) + TimeSpan.FromSeconds(secondsAfterMidnight)));
    }
}
