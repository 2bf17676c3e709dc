using System.ComponentModel.DataAnnotations;
using BtcAgent.Domain;
using BtcAgent.Social.X;
using BtcAgent.Social.X.Api;
using BtcAgent.Social.X.Settings;

namespace BtcAgent.Social.Tests.X;

public sealed class SeenPostsTests
{
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(60);

    [Fact]
    public void Cursor_Restored_KnowsEachPostAgain()
    {
        var seen = new SeenPosts(PostCursor.Empty);
        var ids = Enumerable.Range(0, 200).Select(second => Id(second)).ToList();
        ids.ForEach(id => seen.Add(id));
        var cursor = seen.Cursor(Lateness, null);
        var restored = new SeenPosts(cursor);
        Assert.All(ids, id => Assert.True(restored.Contains(id)));
        Assert.False(restored.Contains(Id(200)));
        Assert.Equal(61, cursor.Seen.Length);
        Assert.Equal(Id(199), restored.Last);
    }

    [Fact]
    public void Add_MoreThanTheCapacity_ForgetsTheOldest()
    {
        var seen = new SeenPosts(PostCursor.Empty);
        for (var i = 1; i <= SeenPosts.Capacity + 1; i++)
        {
            seen.Add(i);
        }

        Assert.Equal((false, true), (seen.Contains(1), seen.Contains(2)));
    }

    [Fact]
    public void Capacity_XsTopRate_HoldsTheGreatestLateness()
    {
        var lateness = (RangeAttribute)typeof(XOptions).GetProperty(nameof(XOptions.LatenessSeconds))!.GetCustomAttributes(typeof(RangeAttribute), false).Single();
        var rate = (RangeAttribute)typeof(XOptions).GetProperty(nameof(XOptions.ExpectedPostsPerSecond))!.GetCustomAttributes(typeof(RangeAttribute), false).Single();
        Assert.InRange((double)lateness.Maximum * (double)rate.Maximum, 1, SeenPosts.Capacity);
    }

    [Fact]
    public void Add_PostFromTheFuture_DoesNotMoveTheFloor()
    {
        var seen = new SeenPosts(PostCursor.Empty);
        seen.Add(Id(100));
        seen.Add(Id(1_000_000), isPlausible: false);
        Assert.Equal(Id(40), seen.FloorBefore(Lateness) + 1);
        Assert.True(seen.Contains(Id(1_000_000)));
    }

    private static long Id(int second) => Snowflake.FirstAt(Timestamp.FromDateTimeOffset(XWorld.Start.AddSeconds(second))) + 1;
}
