using System.Text.Json;
using BtcAgent.Social.Budgets;
using BtcAgent.Social.Sources;
using BtcAgent.Social.X;

namespace BtcAgent.Social.Tests.X;

/// <summary>Each post once, whatever order and copies it comes in.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task DuplicatesAndDisorder_EachPostOnce()
    {
        await using var world = await XWorld.OpenAsync();
        (world.X.Faults.RepeatsPosts, world.X.Faults.SwapsPosts) = (true, true);
        await world.RunUntilStreamingAsync();
        for (var i = 0; i < 40; i++)
        {
            world.Time.Advance(TimeSpan.FromMilliseconds(100));
            world.X.Publish(world.Post());
        }

        await world.AcceptedAsync(40);
        await world.UntilAsync(() => world.Source.Counters.Repeated == 20);
        var ids = world.Sink.Ids.ToList();
        Assert.Equal(world.X.Posts.Select(post => $"{post.Id}"), ids.Order(StringComparer.Ordinal));
        Assert.NotEqual(ids.Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public async Task Post_HasWhatXSays_AndWhenWeKnewIt()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        var post = world.Post();
        world.Time.Advance(TimeSpan.FromSeconds(7));
        var id = world.X.Publish(post);
        await world.AcceptedAsync(1);
        var accepted = world.Sink.Posts.Single();
        Assert.Equal(("x", $"{id}", post.Text, "en", null), (accepted.Source, accepted.Id, accepted.Text, accepted.Language, accepted.EditedFrom));
        Assert.Equal((XWorld.Start, XWorld.Start.AddSeconds(7)), (accepted.CreatedAt.ToDateTimeOffset(), accepted.ReceivedAt.ToDateTimeOffset()));
        Assert.Equal(("x:7", 50.0, 2.0), (accepted.Author.Id, accepted.Author.Followers, Math.Round(accepted.Author.PostsPerDay!.Value, 3)));
        Assert.DoesNotContain(post.Text, accepted.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_NamesTheVersionThatItReplaces_AndThatOneDoesNotComeAgain()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        var first = world.X.Publish(world.Post());
        await world.AcceptedAsync(1);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        var second = world.X.Edit(first, "bitcoin falls, corrected");
        await world.AcceptedAsync(2);
        Assert.Equal(($"{second}", $"{first}"), (world.Sink.Posts.Last().Id, world.Sink.Posts.Last().EditedFrom));
        Assert.Equal(1, world.Source.Counters.Edits);
    }

    [Fact]
    public async Task Edit_BeforeTheVersionThatItReplaces_KeepsTheEdit()
    {
        await using var world = await XWorld.OpenAsync();
        world.X.Faults.SwapsPosts = true;
        await world.RunUntilStreamingAsync();
        var first = world.X.Publish(world.Post()); // Held back until the next one was sent.
        world.Time.Advance(TimeSpan.FromSeconds(1));
        var second = world.X.Edit(first, "bitcoin falls, corrected");
        await world.UntilAsync(() => world.Source.Counters.Repeated == 1);
        Assert.Equal([$"{second}"], world.Sink.Ids);
    }

    [Fact]
    public async Task WithheldPost_IsRefusedAndRemoved()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        var id = world.X.PublishUnstreamed(world.Post());
        world.X.Withhold(id);
        world.X.Redeliver(id);
        await world.UntilAsync(() => world.Source.Counters.Withheld == 1);
        Assert.Empty(world.Sink.Posts);
        Assert.Equal(($"{id}", RemovalReason.Withheld), (world.Sink.Removals.Single().Id, world.Sink.Removals.Single().Reason));
    }

    [Fact]
    public async Task Restart_WithTheCursor_ContinuesWithoutLossOrDouble()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        for (var i = 0; i < 30; i++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(1));
            world.X.Publish(world.Post());
            await world.AcceptedAsync(i + 1);
        }

        var cursor = JsonSerializer.Deserialize<PostCursor>(JsonSerializer.Serialize(await world.StopAsync()))!;
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await world.UntilAsync(() => !world.X.Streams.IsOpen);
        for (var i = 0; i < 250; i++)
        {
            world.X.Publish(world.Post());
        }

        await world.RunUntilStreamingAsync(cursor);
        world.X.Redeliver(world.X.Posts[29].Id);
        world.X.Publish(world.Post());
        world.Time.Advance(world.Options.SearchDelay);
        await world.AcceptedAsync(281);
        await world.UntilAsync(() => world.Source.Counters.FromSearch == 281);
        Assert.Equal(world.X.Posts.Select(post => $"{post.Id}"), world.Sink.Ids.Order(StringComparer.Ordinal));
        Assert.Equal(0, world.Source.Counters.GapsCut);
    }

    [Fact]
    public async Task Gap_LongerThanThePages_IsCutAndCounted()
    {
        await using var world = await XWorld.OpenAsync();
        world.Options.SearchPagesMax = 2;
        await world.RunUntilStreamingAsync();
        world.X.Publish(world.Post());
        await world.AcceptedAsync(1);
        for (var i = 0; i < 250; i++)
        {
            world.X.PublishUnstreamed(world.Post());
        }

        world.X.Streams.Close();
        await world.StreamingAgainAsync(BudgetLevel.Stream);
        world.Time.Advance(world.Options.SearchDelay);
        await world.UntilAsync(() => world.Source.Counters.GapsCut == 1);
        Assert.Equal(201, world.Sink.Posts.Count);
    }

    [Fact]
    public async Task PostFromTheFuture_DoesNotHideLaterOnes()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        world.X.Publish(world.Post());
        world.X.Publish(world.Post() with { CreatedAt = XWorld.Start.AddYears(2) });
        await world.AcceptedAsync(2);
        world.X.PublishUnstreamed(world.Post());
        world.X.Streams.Close();
        await world.StreamingAgainAsync(BudgetLevel.Stream);
        world.Time.Advance(world.Options.SearchDelay);
        await world.AcceptedAsync(3);
    }
}
