using System.Text;
using BtcAgent.Exchanges.Simulator.Social;
using BtcAgent.Social.Budgets;
using BtcAgent.Social.X;

namespace BtcAgent.Social.Tests.X;

/// <summary>Faults of the stream, against the simulated X.</summary>
public sealed class StreamFaultTests
{
    [Fact]
    public async Task DeadStream_NothingFor40S_ReconnectsAtOnceAndSearchesWhatItMissed()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        world.X.Publish(world.Post());
        await world.AcceptedAsync(1);
        world.X.Faults.IsStreamSilent = true;
        world.Time.Advance(TimeSpan.FromSeconds(20));
        world.X.Publish(world.Post());
        world.Time.Advance(TimeSpan.FromSeconds(19.999));
        Assert.Equal(XPhase.Streaming, world.Source.Status.Phase);
        world.X.Faults.IsStreamSilent = false;
        world.Time.Advance(TimeSpan.FromSeconds(0.001));
        await world.UntilAsync(() => world.X.Streams.RequestedAt.Count >= 2);
        await world.StreamingAgainAsync(BudgetLevel.Stream);
        Assert.Equal([XWorld.Start, XWorld.Start.AddSeconds(40)], world.X.Streams.RequestedAt.Take(2));
        world.Time.Advance(world.Options.SearchDelay);
        await world.AcceptedAsync(2);
        Assert.Contains("the stream is dead: nothing received for 40 s", string.Join('\n', world.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task QuietStream_BlankLinesOnly_LivesForAnHour()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        await world.PassAliveAsync(TimeSpan.FromHours(1));
        Assert.Single(world.X.Streams.RequestedAt);
        Assert.Equal((180, 0), (world.Source.Counters.KeepAlives, world.Source.Counters.Disconnects));
    }

    [Fact]
    public async Task HalfOpenConnection_NoAnswer_IsGivenUpAfter20S()
    {
        await using var world = await XWorld.OpenAsync();
        world.X.Faults.Refuse(XEndpoint.Stream, XRefusal.Hang);
        world.Run();
        await world.UntilAsync(() => world.X.Streams.RequestedAt.Count == 1);
        world.Time.Advance(world.Options.RequestTimeout);
        Assert.Equal(TimeSpan.FromMilliseconds(250), await world.PassWaitAsync());
        await world.PhaseAsync(XPhase.Streaming);
        Assert.Equal([XWorld.Start, XWorld.Start.AddSeconds(20.25)], world.X.Streams.RequestedAt);
    }

    [Fact]
    public async Task BrokenConnection_AfterItWorked_ReconnectsAtOnce()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        await world.PassAliveAsync(world.Options.Silence);
        world.X.Streams.BreakOff();
        await world.PhaseAsync(XPhase.Streaming);
        Assert.Equal([XWorld.Start, XWorld.Start.AddSeconds(40)], world.X.Streams.RequestedAt);
    }

    [Fact]
    public async Task DisconnectNotice_ForOperations_ReconnectsAtOnce()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        await world.PassAliveAsync(world.Options.Silence);
        world.X.Streams.DisconnectForOperations();
        await world.PhaseAsync(XPhase.Streaming);
        Assert.Equal(1, world.Source.Counters.DisconnectNotices);
        Assert.Equal(2, world.X.Streams.RequestedAt.Count);
    }

    [Fact]
    public async Task DisconnectNotice_TooManyConnections_WaitsAsForHttpErrors()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        world.X.Streams.DisconnectForTooMany();
        Assert.Equal(5, (await world.PassWaitAsync()).TotalSeconds);
        await world.PhaseAsync(XPhase.Streaming);
    }

    /// <summary>As seen in the field after a hard kill: the first reconnect is refused, the second one after 5 s works.</summary>
    [Fact]
    public async Task OtherStreamStillOpen_Refused_WaitsAsForHttpErrors()
    {
        await using var world = await XWorld.OpenAsync();
        world.X.Faults.Refuse(XEndpoint.Stream, XRefusal.TooManyConnections);
        world.Run();
        Assert.Equal(5, (await world.PassWaitAsync()).TotalSeconds);
        await world.PhaseAsync(XPhase.Streaming);
    }

    [Fact]
    public async Task ConnectionsWithin15Minutes_AtTheLimit_WaitForTheWindow()
    {
        await using var world = await XWorld.OpenAsync();
        world.Options.ConnectsMax = 3;
        await world.RunUntilStreamingAsync();
        for (var i = 0; i < 3; i++)
        {
            await world.PassAliveAsync(world.Options.Silence);
            world.X.Streams.Close();
            if (i < 2)
            {
                await world.PhaseAsync(XPhase.Streaming);
            }
        }

        Assert.Equal(TimeSpan.FromMinutes(13), await world.PassWaitAsync());
        await world.PhaseAsync(XPhase.Streaming);
    }

    [Fact]
    public async Task MalformedLine_BetweenPosts_IsCountedAndSkipped()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        world.X.Publish(world.Post());
        world.X.Streams.Send("{\"data\":{\"id\":\"5\",\"text\":\r\n"u8.ToArray());
        world.X.Streams.Send("<html>\r\n"u8.ToArray());
        world.X.Publish(world.Post());
        await world.AcceptedAsync(2);
        Assert.Equal((2, 0), (world.Source.Counters.Malformed, world.Source.Counters.Disconnects));
    }

    [Fact]
    public async Task LineOf1Megabyte_BetweenPosts_IsCountedAndSkipped()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        world.X.Publish(world.Post());
        world.X.Streams.Send(Encoding.UTF8.GetBytes($"{{\"data\":{{\"id\":\"5\",\"text\":\"{new string('x', 1 << 20)}\"}}}}\r\n"));
        world.X.Publish(world.Post());
        await world.AcceptedAsync(2);
        Assert.Equal((1, 0, 0), (world.Source.Counters.TooLong, world.Source.Counters.Malformed, world.Source.Counters.Disconnects));
    }

    [Fact]
    public async Task TextIn20Scripts_ArrivesUnchanged()
    {
        string[] scripts =
        [
            "Latin çãéß", "Кириллица", "Ελληνικά", "עברית", "العربية", "हिन्दी", "বাংলা", "தமிழ்", "తెలుగు", "ไทย", "ລາວ", "မြန်မာ", "ខ្មែរ", "ქართული", "Հայերեն",
            "አማርኛ", "한국어", "日本語かなカナ", "中文简体繁體", "ᏣᎳᎩ 🚀👩🏽‍🚀 𝔅",
        ];
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        foreach (var script in scripts)
        {
            world.X.Publish(world.Post($"bitcoin \"{script}\" \\ \u2028 {string.Concat(Enumerable.Repeat(script, 40))}"));
        }

        await world.AcceptedAsync(20);
        Assert.Equal(world.X.Posts.Select(post => post.Post.Text).Order(StringComparer.Ordinal), world.Sink.Posts.Select(post => post.Text).Order(StringComparer.Ordinal));
    }

    /// <summary>As seen in the field: 24 disconnects by X and 3 others. Blank lines come every 10 minutes, so that a week has 1,008.</summary>
    [Fact]
    public async Task Week_With27Disconnects_LosesNothingAndDoublesNothing()
    {
        await using var world = await XWorld.OpenAsync(options => options.KeepAliveSeconds = 600);
        (world.Options.SilenceSeconds, world.Options.RuleCheckSeconds, world.Budget.HorizonSeconds) = (900, 86_400, 3_600);
        await world.RunUntilStreamingAsync();
        for (var i = 1; i <= 27; i++)
        {
            world.X.Publish(world.Post());
            await world.AcceptedAsync((2 * i) - 1);
            await world.PassAliveAsync(TimeSpan.FromDays(7) / 28);
            if (i % 9 == 0)
            {
                world.X.Streams.BreakOff();
            }
            else if (i % 2 == 0)
            {
                world.X.Streams.DisconnectForOperations();
            }
            else
            {
                world.X.Streams.Close();
            }

            world.X.PublishUnstreamed(world.Post());
            await world.PhaseAsync(XPhase.Streaming);
            world.Time.Advance(world.Options.SearchDelay);
            await world.AcceptedAsync(2 * i);
        }

        Assert.Equal(27, world.Source.Counters.Disconnects);
        Assert.Equal(world.X.Posts.Select(post => $"{post.Id}"), world.Sink.Ids.Order(StringComparer.Ordinal));
        Assert.InRange((await world.Store.LoadAsync(default)).Months.Single().Reads, world.X.Meter.Reads, long.MaxValue);
    }
}
