using System.Text;
using System.Text.Json;
using BtcAgent.Contracts.Events;
using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Live;
using BtcAgent.History.Log.Local;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.History.Tests.Live;

public sealed partial class LiveEventsTests : IAsyncDisposable
{
    private static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-live-");
    private LocalFactLog? _log;
    private LiveEvents? _events;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Subscribe_ResumedAtRandomInstants_LosesAndDoublesNothing(int seed)
    {
        const int Count = 3_000;
        var random = new Random(seed);
        var events = await StartAsync(new LiveOptions());
        string? position;
        using (var first = await events.SubscribeAsync(new EventRequest(["risk"]), Cancelled))
        {
            await PublishAsync(0, 1);
            position = await ReadAsync(first, 1, []);
        }

        var publishing = PublishAsync(1, Count);
        var names = new List<string> { "n0" };
        while (names.Count < Count)
        {
            using var subscription = await events.SubscribeAsync(new EventRequest(["risk", "quotes"], position), Cancelled);
            position = await ReadAsync(subscription, Math.Min(random.Next(1, 200), Count - names.Count), names);
        }

        await publishing;
        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"n{i}"), names);
    }

    [Fact]
    public async Task Subscribe_PositionBeforeARestartOfTheLog_GetsWhatFollowed()
    {
        var events = await StartAsync(new LiveOptions());
        string? position;
        using (var first = await events.SubscribeAsync(new EventRequest(["risk"]), Cancelled))
        {
            await PublishAsync(0, 5);
            position = await ReadAsync(first, 3, []);
        }

        await StopAsync();
        events = await StartAsync(new LiveOptions());
        await PublishAsync(5, 8);
        using var second = await events.SubscribeAsync(new EventRequest(["risk"], position), Cancelled);
        var names = new List<string>();
        await ReadAsync(second, 5, names);
        Assert.Equal(["n3", "n4", "n5", "n6", "n7"], names);
    }

    [Fact]
    public async Task Read_SlowerThanItsQueue_EndsWithOverrunAndResumesWithoutAHole()
    {
        var events = await StartAsync(new LiveOptions { QueueMax = 64 });
        string? position;
        var names = new List<string>();
        using (var slow = await events.SubscribeAsync(new EventRequest(["risk"]), Cancelled))
        {
            await PublishAsync(0, 500);
            await WhenTailHasPassedAsync(events);
            var topics = new List<string>();
            position = null;
            await foreach (var group in slow.ReadAsync(Cancelled))
            {
                topics.AddRange(group.Select(one => one.Topic));
                names.AddRange(group.Where(one => one.Topic == "risk").Select(NameOf));
                position = group.LastOrDefault(one => one.Position is not null).Position ?? position;
            }

            Assert.Equal(LiveEvent.Overrun, topics[^1]);
            Assert.Equal(64, names.Count);
        }

        using var again = await events.SubscribeAsync(new EventRequest(["risk"], position), Cancelled);
        await ReadAsync(again, 500 - names.Count, names);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"n{i}"), names);
    }

    [Fact]
    public async Task Read_Quotes_AreConflatedAndTheLastOneComes()
    {
        var events = await StartAsync(new LiveOptions());
        using var subscription = await events.SubscribeAsync(new EventRequest(["quotes"], QuoteInterval: TimeSpan.FromMilliseconds(50)), Cancelled);
        for (var i = 1; i <= 2_000; i++)
        {
            _log!.Publish(Quote(i));
        }

        var count = 0;
        await foreach (var one in EventsOf(subscription))
        {
            count++;
            Assert.Null(one.Position);
            if (JsonDocument.Parse(one.Json).RootElement.GetProperty("updateId").GetInt64() == 2_000)
            {
                break;
            }
        }

        Assert.InRange(count, 1, 200);
    }

    [Fact]
    public async Task Read_NothingForFifteenSeconds_HasAHeartbeatBehindUnwantedFacts()
    {
        var time = new FakeTimeProvider();
        var events = await StartAsync(new LiveOptions(), time);
        using var subscription = await events.SubscribeAsync(new EventRequest(["fills"], Portfolios: ["main"]), Cancelled);
        _log!.Publish(Fill("other", Btc, 1));
        await _log.WhenWrittenAsync(Cancelled);
        var began = subscription.Position;
        await AdvanceUntilAsync(time, TimeSpan.FromMilliseconds(20), WhenTailHasPassedAsync(events));
        var reading = FirstAsync(subscription);
        await AdvanceUntilAsync(time, TimeSpan.FromSeconds(1), reading);

        var beat = await reading;
        Assert.Equal(LiveEvent.Heartbeat, beat.Topic);
        Assert.NotEqual(began, beat.Position);
    }

    [Fact]
    public async Task Read_OfOneInstrumentAndPortfolio_HasNoOthers()
    {
        var events = await StartAsync(new LiveOptions());
        using var subscription = await events.SubscribeAsync(new EventRequest(["fills"], null, "BINANCE:BTCUSDT", ["main"]), Cancelled);
        _log!.Publish(Fill("other", Btc, 1));
        _log.Publish(Fill("main", InstrumentId.Parse("BINANCE:ETHUSDT"), 2));
        _log.Publish(Fill("main", Btc, 3));
        await foreach (var one in EventsOf(subscription))
        {
            var fill = JsonDocument.Parse(one.Json).RootElement;
            Assert.Equal(("main", "3"), (fill.GetProperty("portfolio").GetString(), fill.GetProperty("tradeId").GetString()));
            break;
        }
    }

    [Fact]
    public async Task Subscribe_BrokenOffWithinAFact_GetsItsOtherRowsOnly()
    {
        var events = await StartAsync(new LiveOptions());
        using var whole = await events.SubscribeAsync(new EventRequest(["positions", "equity"]), Cancelled);
        string? position;
        var rows = new List<string>();
        using (var first = await events.SubscribeAsync(new EventRequest(["positions", "equity"]), Cancelled))
        {
            _log!.Publish(Mark(1));
            _log.Publish(Mark(2));
            position = await ReadRowsAsync(first, 1, rows);
        }

        for (var i = 0; i < 3; i++)
        {
            using var again = await events.SubscribeAsync(new EventRequest(["positions", "equity"], position), Cancelled);
            position = await ReadRowsAsync(again, 1, rows);
        }

        var expected = new List<string>();
        await ReadRowsAsync(whole, 4, expected);
        Assert.Equal(expected, rows);
        Assert.Equal(4, rows.Distinct().Count());
    }

    [Fact]
    public async Task Subscribe_NothingHappensBeforeItBreaks_ResumesWhereItBegan()
    {
        var events = await StartAsync(new LiveOptions());
        string? position;
        using (var first = await events.SubscribeAsync(new EventRequest(["risk"]), Cancelled))
        {
            position = first.Position;
        }

        await PublishAsync(0, 2);
        using var second = await events.SubscribeAsync(new EventRequest(["risk"], position), Cancelled);
        var names = new List<string>();
        await ReadAsync(second, 2, names);
        Assert.Equal(["n0", "n1"], names);
    }

    [Fact]
    public async Task Subscribe_PositionOfAnotherLog_SaysThatEventsAreMissing()
    {
        var events = await StartAsync(new LiveOptions());
        using var subscription = await events.SubscribeAsync(new EventRequest(["risk"], "local-other~agent_events.0=7"), Cancelled);
        Assert.Equal("local-other~agent_events.0=7", subscription.Position);
        await foreach (var one in EventsOf(subscription))
        {
            Assert.Equal(LiveEvent.Gap, one.Topic);
            Assert.Contains("local-other", Encoding.UTF8.GetString(one.Json.Span), StringComparison.Ordinal);
            break;
        }
    }

    [Theory]
    [InlineData("risk,shoes", null, "give one or more of quotes, bars")]
    [InlineData("", null, "give one or more of quotes, bars")]
    [InlineData("risk", "x=1", "cannot be read")]
    [InlineData("risk", "log~agent_events.0", "cannot be read")]
    [InlineData("risk", "log~agent_events.0=-1", "cannot be read")]
    [InlineData("risk", "log~shoes.0=1", "cannot be read")]
    [InlineData("risk", "log~agent_events.99999999999=1", "cannot be read")]
    public async Task Subscribe_WrongRequest_SaysWhatToGive(string topics, string? after, string expected)
    {
        var events = await StartAsync(new LiveOptions());
        var e = await Assert.ThrowsAsync<EventRequestException>(
            () => events.SubscribeAsync(new EventRequest(topics.Split(',', StringSplitOptions.RemoveEmptyEntries), after), Cancelled));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Equal(0, events.Subscribers);
    }

    [Fact]
    public async Task Subscribe_AsManyAsAllowed_RefusesOneMoreUntilOneLeaves()
    {
        var events = await StartAsync(new LiveOptions { SubscribersMax = 1 });
        var first = await events.SubscribeAsync(new EventRequest(["risk"]), Cancelled);
        await Assert.ThrowsAsync<EventsBusyException>(() => events.SubscribeAsync(new EventRequest(["risk"]), Cancelled));
        first.Dispose();
        using var second = await events.SubscribeAsync(new EventRequest(["risk"]), Cancelled);
        Assert.Equal(1, events.Subscribers);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }
}
