using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Exchanges.Simulator.Tests.Streams;

/// <summary>The streams over real sockets.</summary>
public sealed class StreamEndpointTests
{
    [Fact]
    public async Task Depth_SnapshotAndDeltas_RebuildTheBook()
    {
        await using var venue = await RunningVenue.StartAsync();
        using var socket = await venue.ConnectAsync("/stream?streams=btcusdt@depth@100ms");
        var deltas = new List<JsonElement> { await NextAsync() };
        var (bids, asks, snapshotId) = BookOf(await venue.GetAsync("/api/v3/depth?symbol=BTCUSDT&limit=5000"));
        var bookId = snapshotId;
        while (bookId <= snapshotId || deltas.Count < 8)
        {
            var delta = await NextAsync();
            Assert.Equal(deltas[^1].GetProperty("u").GetInt64() + 1, delta.GetProperty("U").GetInt64());
            deltas.Add(delta);
            if (delta.GetProperty("u").GetInt64() > snapshotId)
            {
                Assert.True(delta.GetProperty("U").GetInt64() <= bookId + 1);
                Set(bids, delta.GetProperty("b"));
                Set(asks, delta.GetProperty("a"));
                bookId = delta.GetProperty("u").GetInt64();
            }
        }

        // Bring the rebuilt book to a second snapshot's id: levels that later deltas touch may differ until then.
        var (bidsThen, asksThen, thenId) = BookOf(await venue.GetAsync("/api/v3/depth?symbol=BTCUSDT&limit=5000"));
        while (bookId < thenId)
        {
            var delta = await NextAsync();
            bookId = delta.GetProperty("u").GetInt64();
            foreach (var (rebuilt, side) in new[] { (bids, "b"), (bidsThen, "b"), (asks, "a"), (asksThen, "a") })
            {
                Set(rebuilt, delta.GetProperty(side));
            }
        }

        Assert.Equal(bidsThen, bids);
        Assert.Equal(asksThen, asks);
        Assert.True(bids.Keys.Max() < asks.Keys.Min());

        async Task<JsonElement> NextAsync() => (await venue.ReceiveAsync(socket)).GetProperty("data");
    }

    [Theory]
    [InlineData("trade", "e,E,s,t,p,q,T,m,M")]
    [InlineData("bookTicker", "u,s,b,B,a,A")]
    [InlineData("depth@100ms", "e,E,s,U,u,b,a")]
    [InlineData("kline_1m", "e,E,s,k")]
    public async Task Single_EachStream_BinanceFieldOrder(string stream, string fields)
    {
        await using var venue = await RunningVenue.StartAsync();
        using var socket = await venue.ConnectAsync($"/ws/btcusdt@{stream}");
        var message = await venue.ReceiveAsync(socket);
        Assert.Equal(fields, Names(message));
        if (message.TryGetProperty("k", out var kline))
        {
            Assert.Equal("t,T,s,i,f,L,o,c,h,l,v,n,x,q,V,Q,B", Names(kline));
        }
    }

    [Fact]
    public async Task Requests_SubscribeListUnsubscribe_Answered()
    {
        await using var venue = await RunningVenue.StartAsync();
        using var socket = await venue.ConnectAsync("/ws");
        var given = await venue.AskAsync(
            socket, """{"method":"SUBSCRIBE","params":["btcusdt@trade","btcusdt@bookTicker"],"id":1}""");
        Assert.Equal("""{"result":null,"id":1}""", given.GetRawText());
        await venue.AskAsync(socket, """{"method":"UNSUBSCRIBE","params":["btcusdt@trade"],"id":2}""");
        var list = await venue.AskAsync(socket, """{"method":"LIST_SUBSCRIPTIONS","id":"x"}""");
        Assert.Equal("""{"result":["btcusdt@bookTicker"],"id":"x"}""", list.GetRawText());
        var unknown = await venue.AskAsync(socket, """{"method":"SHOUT","id":4}""");
        Assert.True(unknown.TryGetProperty("error", out _));
        var broken = await venue.AskAsync(socket, "[1,");
        Assert.Equal(3, broken.GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Stop_OpenAndUnreadSockets_EndsWithinTwoSeconds()
    {
        await using var venue = await RunningVenue.StartAsync();
        using var idle = await venue.ConnectAsync("/ws");
        using var unread = await venue.ConnectAsync("/stream?streams=btcusdt@trade/btcusdt@bookTicker");
        await venue.ReceiveAsync(unread);
        var watch = Stopwatch.StartNew();
        await venue.Venue.StopAsync(venue.Limit);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"took {watch.Elapsed}");
    }

    [Fact]
    public async Task Publish_SlowConsumer_DroppedAndCounted()
    {
        await using var venue = await RunningVenue.StartAsync(options =>
        {
            options.HistorySeconds = 1;
            options.OrdersPerSecond = 20_000;
            options.ConnectionQueueMax = 16;
        });
        using var idle = await venue.ConnectAsync("/ws");
        // Subscribes after it is open: with a queue this short it may be dropped before a handshake completes.
        using var slow = await venue.ConnectAsync("/ws");
        await slow.SendAsync(
            """{"method":"SUBSCRIBE","params":["btcusdt@bookTicker"],"id":1}"""u8.ToArray(), WebSocketMessageType.Text, true, venue.Limit);
        var buffer = new byte[64];
        await Assert.ThrowsAnyAsync<WebSocketException>(async () =>
        {
            while ((await slow.ReceiveAsync(buffer.AsMemory(), venue.Limit)).MessageType != WebSocketMessageType.Close)
            {
            }

            throw new WebSocketException("closed");
        });
        Assert.Equal(1, venue.Venue.SlowConnectionsDropped);
        var list = await venue.AskAsync(idle, """{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        Assert.Equal("""{"result":[],"id":1}""", list.GetRawText());
    }

    [Fact]
    public async Task Kline_TradeRightAfterTheMinute_ClosedOnceFirst()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_699_999_979_500));
        await using var venue = await RunningVenue.StartAsync(time: time);
        using var socket = await venue.ConnectAsync("/ws/btcusdt@kline_1m");
        await venue.AskAsync(socket, """{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        time.Advance(TimeSpan.FromSeconds(3));
        venue.Venue.CatchUp();
        var klines = new List<JsonElement>();
        while (klines.Count < 3)
        {
            klines.Add((await venue.ReceiveAsync(socket)).GetProperty("k"));
        }

        Assert.Equal([true, false, false], klines.Select(kline => kline.GetProperty("x").GetBoolean()));
        Assert.Equal(klines[0].GetProperty("T").GetInt64() + 1, klines[1].GetProperty("t").GetInt64());
    }

    private static string Names(JsonElement message) =>
        string.Join(',', message.EnumerateObject().Select(field => field.Name));

    private static (SortedDictionary<decimal, decimal> Bids, SortedDictionary<decimal, decimal> Asks, long Id) BookOf(
        JsonElement snapshot)
    {
        var (bids, asks) = (new SortedDictionary<decimal, decimal>(), new SortedDictionary<decimal, decimal>());
        Set(bids, snapshot.GetProperty("bids"));
        Set(asks, snapshot.GetProperty("asks"));
        return (bids, asks, snapshot.GetProperty("lastUpdateId").GetInt64());
    }

    private static void Set(SortedDictionary<decimal, decimal> levels, JsonElement changes)
    {
        foreach (var change in changes.EnumerateArray())
        {
            var price = decimal.Parse(change[0].GetString()!, CultureInfo.InvariantCulture);
            var quantity = decimal.Parse(change[1].GetString()!, CultureInfo.InvariantCulture);
            levels.Remove(price);
            if (quantity > 0)
            {
                levels[price] = quantity;
            }
        }
    }
}
