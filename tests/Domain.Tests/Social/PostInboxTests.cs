using BtcAgent.Domain.Social;

namespace BtcAgent.Domain.Tests.Social;

/// <summary>The invariants of the inbox, by number.</summary>
public sealed class PostInboxTests
{
    private static readonly Timestamp Now = Timestamp.FromUnixMilliseconds(1_795_910_400_000);

    /// <summary>(1)</summary>
    [Fact]
    public void Offer_SameSourceAndId_IsTakenOnce()
    {
        var (first, taken) = PostInbox.Empty.Offer([Post("desk", "1"), Post("desk", "1"), Post("other", "1"), Post("desk", "2")], Now)!.Value;
        var (second, again) = first.Done(3).Offer([Post("desk", "2"), Post("desk", "3")], Now)!.Value;

        Assert.Equal((3, 1), (taken, again));
        Assert.Equal("3", Assert.Single(second.Waiting).Id);
    }

    /// <summary>(1) The window is bounded: an id that fell out of it is new.</summary>
    [Fact]
    public void Offer_MoreThanIsRemembered_ForgetsTheOldest()
    {
        var inbox = PostInbox.Empty;
        for (var i = 0; i <= PostInbox.KnownMax; i++)
        {
            inbox = inbox.Offer([Post("desk", $"{i}")], Now)!.Value.Inbox.Done(long.MaxValue);
        }

        Assert.Equal(PostInbox.KnownMax, inbox.Known.Length);
        Assert.Equal(1, inbox.Offer([Post("desk", "0"), Post("desk", "2")], Now)!.Value.Taken);
    }

    /// <summary>(2)</summary>
    [Fact]
    public void Offer_AfterDone_ContinuesTheNumbers()
    {
        var inbox = PostInbox.Empty.Offer([Post("desk", "1"), Post("desk", "2")], Now)!.Value.Inbox.Done(1);

        Assert.Equal(2, Assert.Single(inbox.Waiting).Number);
        Assert.Equal([2, 3], inbox.Offer([Post("desk", "3")], Now)!.Value.Inbox.Waiting.Select(post => post.Number));
    }

    /// <summary>(3) and (4)</summary>
    [Fact]
    public void Offer_MoreThanMayWait_TakesNone()
    {
        var full = PostInbox.Empty.Offer(Enumerable.Range(0, PostInbox.WaitingMax - 1).Select(i => Post("desk", $"{i}")), Now)!.Value.Inbox;

        Assert.Null(full.Offer([Post("desk", "a"), Post("desk", "b")], Now));
        Assert.Equal(1, full.Offer([Post("desk", "a")], Now)!.Value.Taken);
    }

    [Fact]
    public void ToString_Post_HasNeitherTextNorAuthor() => Assert.Equal("post desk:7", $"{Post("desk", "7")}");

    private static OfferedPost Post(string source, string id) =>
        new() { Source = source, Id = id, Text = "bitcoin rises", CreatedAt = Now, ReceivedAt = Now, Author = "ada" };
}
