using BtcAgent.Domain;
using BtcAgent.Social.Authors;
using BtcAgent.Social.Sources;
using BtcAgent.Social.X;
using BtcAgent.Social.X.Api;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Social.Tests.X;

/// <summary>All versions of a post that a later one replaces are removed, whichever of them came.</summary>
public sealed class EditTests
{
    private static readonly long First = Snowflake.FirstAt(Timestamp.FromDateTimeOffset(XWorld.Start));

    [Fact]
    public async Task WithheldVersion_AfterAnAcceptedOne_RemovesBoth()
    {
        var sink = await TakeAsync(Version(1), Version(2, isWithheld: true));
        Assert.Equal([Id(1), Id(2)], sink.Removals.Select(removal => removal.Id));
        Assert.All(sink.Removals, removal => Assert.Equal(RemovalReason.Withheld, removal.Reason));
    }

    [Fact]
    public async Task WithheldVersion_BeforeAnEarlierOne_KeepsItOut() =>
        Assert.Empty((await TakeAsync(Version(2, isWithheld: true), Version(1))).Posts);

    [Fact]
    public async Task WithheldLater_SamePostAgain_IsRemoved()
    {
        var sink = await TakeAsync(Version(1), Version(1, isWithheld: true));
        Assert.Equal((Id(1), RemovalReason.Withheld), (sink.Removals.Single().Id, sink.Removals.Single().Reason));
    }

    [Fact]
    public async Task ThirdVersion_SecondNeverCame_RemovesTheFirst()
    {
        var sink = await TakeAsync(Version(1), Version(3), Version(2));
        Assert.Equal([Id(1), Id(3)], sink.Ids);
        Assert.Equal(Id(2), sink.Posts.Last().EditedFrom);
        Assert.Equal((Id(1), RemovalReason.Replaced), (sink.Removals.Single().Id, sink.Removals.Single().Reason));
    }

    /// <summary>The position, which is stored every second, has all ids after an open gap.</summary>
    [Fact]
    public async Task OpenGap_ThatNoSearchFills_IsGivenUpAtItsLimit()
    {
        var tally = new Tally();
        using var intake = new PostIntake(new CollectingSink(), new PostCursor(First, []), TimeSpan.FromMinutes(1), tally, new FakeTimeProvider(XWorld.Start));
        for (var i = 1; i <= PostIntake.AfterGapMax; i++)
        {
            await intake.TakeAsync(Version(1) with { Id = First + i, History = [] }, TestContext.Current.CancellationToken);
        }

        Assert.Equal((First, PostIntake.AfterGapMax), (intake.Gap!.Value.Since, intake.Cursor.Seen.Length));
        await intake.TakeAsync(Version(1) with { Id = First + PostIntake.AfterGapMax + 1, History = [] }, TestContext.Current.CancellationToken);
        Assert.Equal((null, 1), (intake.Gap, tally.Counters.GapsCut));
    }

    private static async Task<CollectingSink> TakeAsync(params XPost[] posts)
    {
        var sink = new CollectingSink();
        using var intake = new PostIntake(sink, PostCursor.Empty, TimeSpan.FromMinutes(1), new Tally(), new FakeTimeProvider(XWorld.Start));
        foreach (var post in posts)
        {
            await intake.TakeAsync(post, TestContext.Current.CancellationToken);
        }

        return sink;
    }

    private static XPost Version(int number, bool isWithheld = false) => new(
        First + number, $"version {number}", new AuthorFacts(null, null, null, null), Timestamp.FromDateTimeOffset(XWorld.Start), "en",
        [.. Enumerable.Range(1, number).Select(each => First + each)], isWithheld, null);

    private static string Id(int number) => $"{First + number}";
}
