using BtcAgent.Social.Budgets;

namespace BtcAgent.Social.Tests.Budgets;

public sealed class BilledPostsTests
{
    private static readonly DateOnly Today = new(2026, 11, 30);

    [Fact]
    public void IsCharged_SamePostSameDay_OnlyOnce()
    {
        var posts = new BilledPosts();
        Assert.Equal([true, false, true], [posts.IsCharged(1, Today), posts.IsCharged(1, Today), posts.IsCharged(1, Today.AddDays(1))]);
    }

    [Fact]
    public void IsCharged_MemoryFull_CountsAsCharged()
    {
        var posts = new BilledPosts(capacity: 1);
        Assert.Equal([true, true, true, false], [posts.IsCharged(1, Today), posts.IsCharged(2, Today), posts.IsCharged(2, Today), posts.IsCharged(1, Today)]);
    }
}
