using System.Text;
using BtcAgent.Exchanges.Simulator.Social;
using BtcAgent.Social.X;
using BtcAgent.Social.X.Api;

namespace BtcAgent.Social.Tests.X;

/// <summary>The four ladders with exact waits, in the source's waits and in the times of its requests.</summary>
public sealed class LadderTests
{
    [Fact]
    public async Task StreamEnds_AfterItWorked_ReconnectsAtOnce()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        await world.PassAliveAsync(world.Options.Silence);
        world.X.Streams.Close();
        await world.PhaseAsync(XPhase.Streaming);
        Assert.Equal([XWorld.Start, XWorld.Start.AddSeconds(40)], world.X.Streams.RequestedAt);
        Assert.Equal(1, world.Source.Counters.Disconnects);
    }

    [Fact]
    public async Task NetworkErrors_Repeated_Wait250MsMoreEachTimeUpTo16S()
    {
        var expected = Enumerable.Range(1, 66).Select(i => TimeSpan.FromMilliseconds(Math.Min(16_000, 250 * i))).ToList();
        await ClimbAsync(XRefusal.BreakOff, expected);
    }

    [Fact]
    public async Task HttpErrors_Repeated_Wait5SDoublingTo320S() =>
        await ClimbAsync(new XRefusal(503), [.. new[] { 5, 10, 20, 40, 80, 160, 320, 320, 320 }.Select(s => TimeSpan.FromSeconds(s))]);

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task TokenRefused_Repeated_WaitsAsForHttpErrors(int status) =>
        await ClimbAsync(new XRefusal(status), [.. new[] { 5, 10, 20 }.Select(s => TimeSpan.FromSeconds(s))]);

    [Fact]
    public async Task RateLimited_WithoutReset_Wait60SDoublingTo16Minutes() =>
        await ClimbAsync(new XRefusal(429), [.. new[] { 60, 120, 240, 480, 960, 960 }.Select(s => TimeSpan.FromSeconds(s))]);

    [Fact]
    public async Task RateLimited_WithReset_WaitsForItButNoLessThanTheLadder() =>
        await ClimbAsync(new XRefusal(429) { ResetSeconds = 100 }, [.. new[] { 100, 120, 240 }.Select(s => TimeSpan.FromSeconds(s))]);

    [Theory]
    [InlineData(-100, 0, 60)]
    [InlineData(0, 0, 60)]
    [InlineData(500, 0, 500)]
    [InlineData(500, 7_200, 500)]
    [InlineData(500, -7_200, 500)]
    [InlineData(1_000_000_000, 0, 960)]
    [InlineData(long.MaxValue / 4, 0, 960)]
    public async Task RateLimited_ClocksDifferOrResetIsAbsurd_IsBounded(long resetSeconds, int clockOffsetSeconds, int expectedSeconds)
    {
        await using var world = await XWorld.OpenAsync();
        world.X.Faults.ClockOffset = TimeSpan.FromSeconds(clockOffsetSeconds);
        world.X.Faults.Refuse(XEndpoint.Stream, new XRefusal(429) { ResetSeconds = resetSeconds });
        world.Run();
        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), await world.PassWaitAsync());
        await world.PhaseAsync(XPhase.Streaming);
    }

    [Fact]
    public async Task Ladders_AfterAStreamThatWorks_BeginAgain()
    {
        await using var world = await XWorld.OpenAsync();
        world.X.Faults.Refuse(XEndpoint.Stream, new XRefusal(503));
        world.X.Faults.Refuse(XEndpoint.Stream, new XRefusal(503));
        world.Run();
        Assert.Equal(5, (await world.PassWaitAsync()).TotalSeconds);
        Assert.Equal(10, (await world.PassWaitAsync()).TotalSeconds);
        await world.PhaseAsync(XPhase.Streaming);
        await world.PassAliveAsync(world.Options.Silence);
        world.X.Faults.Refuse(XEndpoint.Stream, new XRefusal(503));
        world.X.Streams.Close();
        Assert.Equal(5, (await world.PassWaitAsync()).TotalSeconds);
    }

    [Fact]
    public async Task StreamEnds_BeforeItDelivered_ClimbsTheLadderOfTheNetwork()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        for (var i = 1; i <= 3; i++)
        {
            world.X.Streams.Close();
            Assert.Equal(TimeSpan.FromMilliseconds(250 * i), await world.PassWaitAsync());
            await world.PhaseAsync(XPhase.Streaming);
        }
    }

    /// <summary>Each connection costs the slack, so a server that sends a little and closes must not be asked again at once.</summary>
    [Theory]
    [InlineData("<html>\r\n")]
    [InlineData("\r\n")]
    public async Task StreamEnds_SoonAfterALine_ClimbsTheLadderOfTheNetwork(string line)
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        for (var i = 1; i <= 3; i++)
        {
            world.X.Streams.Send(Encoding.UTF8.GetBytes(line));
            await world.UntilAsync(() => world.Source.Counters.Malformed + world.Source.Counters.KeepAlives == i);
            world.X.Streams.Close();
            Assert.Equal(TimeSpan.FromMilliseconds(250 * i), await world.PassWaitAsync());
            await world.PhaseAsync(XPhase.Streaming);
        }
    }

    [Fact]
    public async Task StreamEnds_AfterMalformedLinesOnly_ClimbsTheLadderOfTheNetwork()
    {
        await using var world = await XWorld.OpenAsync(options => options.KeepAliveSeconds = 600);
        await world.RunUntilStreamingAsync();
        for (var i = 1; i <= 3; i++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(20));
            world.X.Streams.Send("<html>\r\n"u8.ToArray());
            await world.UntilAsync(() => world.Source.Counters.Malformed == i);
        }

        world.X.Streams.Close();
        Assert.Equal(TimeSpan.FromMilliseconds(250), await world.PassWaitAsync());
    }

    [Fact]
    public void Next_EachFailure_HasItsOwnLadder()
    {
        var ladders = new ReconnectLadders();
        double[] waits =
        [
            .. new[] { XFailure.Transport, XFailure.Http, XFailure.RateLimited, XFailure.Transport, XFailure.Http, XFailure.Ended }
                .Select(failure => ladders.Next(failure, null).TotalSeconds),
        ];
        Assert.Equal([0.25, 5, 60, 0.5, 10, 0], waits);
    }

    private static async Task ClimbAsync(XRefusal refusal, List<TimeSpan> expected)
    {
        await using var world = await XWorld.OpenAsync();
        expected.ForEach(_ => world.X.Faults.Refuse(XEndpoint.Stream, refusal));
        world.Run();
        var waits = new List<TimeSpan>();
        for (var i = 0; i < expected.Count; i++)
        {
            waits.Add(await world.PassWaitAsync());
        }

        await world.PhaseAsync(XPhase.Streaming);
        Assert.Equal(expected, waits);
        var requests = world.X.Streams.RequestedAt;
        Assert.Equal(expected, requests.Zip(requests.Skip(1), (first, second) => second - first));
    }
}
