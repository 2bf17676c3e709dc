using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Exchanges.Binance.Tests.Streams;

/// <summary>Servers that shut down, and handshakes that are refused.</summary>
public sealed partial class BinanceMarketFeedTests
{
    [Fact]
    public async Task RunAsync_ServerShutdown_MovesToAnotherConnectionWithoutAHole()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(55));
        Run(options => options.SilenceSeconds = 1e6, time);
        var first = await _venue.NextClientAsync();
        await _sink.NextAsync(MarketEventKind.BookSnapshot);
        await first.SendAsync(VenueServer.Trade(1));
        await _sink.NextAsync(MarketEventKind.Trade);
        time.Advance(TimeSpan.FromMinutes(2));

        await first.SendAsync(VenueServer.ServerShutdown);
        var second = await _venue.NextClientAsync();
        await first.SendAsync(VenueServer.Trade(2));
        await second.SendAsync(VenueServer.Trade(2));
        await second.SendAsync(VenueServer.Delta(101, 102));
        await _sink.NextAsync(MarketEventKind.Trade);
        await first.CloseAsync();
        await second.SendAsync(VenueServer.Trade(3));

        Assert.Equal(3, (await _sink.NextAsync(MarketEventKind.Trade)).LastId);
        Assert.Equal([1, 2, 3], _sink.Handed.Where(handed => handed.Kind == MarketEventKind.Trade).Select(trade => trade.LastId));
        Assert.Contains(_sink.Handed, handed => handed.Kind == MarketEventKind.BookDelta);
        Assert.DoesNotContain(_sink.Handed, handed => handed.Kind == MarketEventKind.FeedInterrupted);
        Assert.Empty(_sink.Refusals);
    }

    [Fact]
    public async Task RunAsync_ShutdownSaidAgainAndAgain_LeavesWithBackOffAndOnceAConnection()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(55));
        Run(options => options.SilenceSeconds = 1e6, time);
        var first = await _venue.NextClientAsync();
        await _sink.NextAsync(MarketEventKind.BookSnapshot);
        for (var i = 1; i <= 20; i++)
        {
            await first.SendAsync(VenueServer.ServerShutdown); // As young as a connection can be.
            await first.SendAsync(VenueServer.Trade(i));
            await _sink.NextAsync(MarketEventKind.Trade);
        }

        Assert.Equal(1, _venue.Handshakes);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(418)]
    public async Task RunAsync_HandshakeRefusedForAWhile_KeepsAwayAsLongAsTold(int status)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(55));
        var start = time.GetUtcNow();
        var asked = new List<TimeSpan>();
        _venue.Handshake = () =>
        {
            asked.Add(time.GetUtcNow() - start);
            return asked.Count == 1 ? (status, "30") : null;
        };
        Run(options => options.SilenceSeconds = 1e6, time);
        var client = _venue.NextClientAsync();
        await Eventually.TrueAsync(
            "the next handshake",
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(2));
                return Task.FromResult(client.IsCompleted);
            },
            TimeSpan.FromSeconds(10));

        Assert.Equal(2, asked.Count);
        Assert.True(asked[1] - asked[0] >= TimeSpan.FromSeconds(30), $"came back after {asked[1] - asked[0]}");
    }
}
