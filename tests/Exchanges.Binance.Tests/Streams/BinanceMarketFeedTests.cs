using System.Diagnostics.Metrics;
using BtcAgent.Exchanges.Binance.Rest;
using BtcAgent.Exchanges.Binance.Settings;
using BtcAgent.Exchanges.Binance.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Exchanges.Binance.Tests.Streams;

public sealed partial class BinanceMarketFeedTests : IAsyncLifetime
{
    private static readonly InstrumentId Instrument = InstrumentId.Parse("BINANCE:BTCUSDT");
    private readonly CancellationTokenSource _stop = new();
    private readonly CollectingSink _sink = new();
    private readonly HttpClient _http = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("feed").FullName;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private VenueServer _venue = null!;
    private Task _running = Task.CompletedTask;

    public async ValueTask InitializeAsync() => _venue = await VenueServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _venue.DisposeAsync();
        await _services.DisposeAsync();
        _http.Dispose();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task RunAsync_StreamOpens_SnapshotAndEventsArriveNumbered()
    {
        Run();
        var client = await _venue.NextClientAsync();
        Assert.Equal(MarketEventKind.BookSnapshot, (await _sink.NextAsync()).Kind);
        await client.SendAsync(VenueServer.Delta(101, 102));
        await client.SendInPiecesAsync(VenueServer.Trade(1));

        Assert.Equal((MarketEventKind.BookDelta, 2), await NextKindAndSequence());
        Assert.Equal((MarketEventKind.Trade, 3), await NextKindAndSequence());
        Assert.Equal("?streams=btcusdt@trade/btcusdt@bookTicker/btcusdt@depth@100ms/btcusdt@kline_1m", _venue.StreamQuery);
        Assert.Empty(_sink.Refusals);
    }

    [Fact]
    public async Task RunAsync_ConnectionDropped_InterruptsReconnectsAndTakesANewSnapshot()
    {
        Run();
        var first = await _venue.NextClientAsync();
        await _sink.NextAsync(MarketEventKind.BookSnapshot);
        first.Drop();

        Assert.Equal((MarketEventKind.FeedInterrupted, 2), await NextKindAndSequence());
        var second = await _venue.NextClientAsync();
        Assert.Equal((MarketEventKind.BookSnapshot, 3), await NextKindAndSequence());
        await second.SendAsync(VenueServer.Trade(1));
        Assert.Equal((MarketEventKind.Trade, 4), await NextKindAndSequence());
    }

    [Fact]
    public async Task RunAsync_VenueCloses_Reconnects()
    {
        Run();
        var first = await _venue.NextClientAsync();
        await first.CloseAsync();

        await _sink.NextAsync(MarketEventKind.FeedInterrupted);
        await _venue.NextClientAsync();
    }

    [Fact]
    public async Task RunAsync_UpdatesMissing_TakesANewSnapshot()
    {
        _venue.Depth = request => (200, VenueServer.Snapshot(request == 1 ? 100 : 300));
        Run();
        var client = await _venue.NextClientAsync();
        await _sink.NextAsync(MarketEventKind.BookSnapshot);
        await client.SendAsync(VenueServer.Delta(101, 110));
        await client.SendAsync(VenueServer.Delta(201, 210));

        Assert.Equal(300, (await _sink.NextAsync(MarketEventKind.BookSnapshot)).LastId);
        Assert.Equal(2, _venue.DepthRequests);
        Assert.DoesNotContain(_sink.Handed, handed => handed.Kind == MarketEventKind.FeedInterrupted);
    }

    [Fact]
    public async Task RunAsync_SnapshotOlderThanTheStream_TakesANewerOne()
    {
        var mayAnswer = new TaskCompletionSource();
        _venue.Depth = request =>
        {
            mayAnswer.Task.Wait(TimeSpan.FromSeconds(10));
            return (200, VenueServer.Snapshot(request == 1 ? 100 : 400));
        };
        Run();
        var client = await _venue.NextClientAsync();
        await client.SendAsync(VenueServer.Delta(201, 210));
        await _sink.NextAsync(MarketEventKind.BookDelta);
        mayAnswer.SetResult();

        Assert.Equal(400, (await _sink.NextAsync(MarketEventKind.BookSnapshot)).LastId);
    }

    [Fact]
    public async Task RunAsync_SnapshotRefused_TriesAgainAndTheStreamGoesOn()
    {
        _venue.Depth = request => request < 3 ? (500, "<html>trouble</html>") : (200, VenueServer.Snapshot(100));
        Run();
        await _venue.NextClientAsync();

        await _sink.NextAsync(MarketEventKind.BookSnapshot);
        Assert.Equal(3, _venue.DepthRequests);
    }

    [Fact]
    public async Task RunAsync_SilentSocket_Reconnects()
    {
        Run(options => options.SilenceSeconds = 0.3);
        await _venue.NextClientAsync();

        await _sink.NextAsync(MarketEventKind.FeedInterrupted);
        await _venue.NextClientAsync();
    }

    [Fact]
    public async Task RunAsync_BadFrames_AreRefusedCountedAndPassedOver()
    {
        long refusals = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "refusals"
                && instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>())
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => refusals += value);
        listener.Start();
        Run();
        var client = await _venue.NextClientAsync();
        await client.SendAsync("{\"e\":\"news\"}");
        await client.SendAsync("{\"stream\":");
        await client.SendAsync("{\"result\":null,\"id\":1}");
        await client.SendAsync(VenueServer.Trade(1));

        await _sink.NextAsync(MarketEventKind.Trade);
        Assert.Equal(2, _sink.Refusals.Count);
        Assert.Contains("news", _sink.Refusals[0]);
        Assert.Equal(2, refusals);
    }

    [Fact]
    public async Task RunAsync_ConnectionTooOld_ReadsOnFromANewOneWithoutRepeats()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(55));
        Run(options => options.SilenceSeconds = 1e6, time);
        var first = await _venue.NextClientAsync();
        await _sink.NextAsync(MarketEventKind.BookSnapshot);
        time.Advance(TimeSpan.FromHours(23.6));
        await first.SendAsync(VenueServer.Trade(1));
        var second = await _venue.NextClientAsync();
        await second.SendAsync(VenueServer.Trade(1));
        await second.SendAsync(VenueServer.Trade(1_000));
        time.Advance(TimeSpan.FromSeconds(2));
        MarketEvent last;
        var id = 2;
        do
        {
            // The switch happens between two frames of the old connection, which then ends.
            await first.SendAsync(VenueServer.Trade(id++)).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            last = await _sink.NextAsync(MarketEventKind.Trade);
        }
        while (last.LastId < 1_000);

        var trades = _sink.Handed.Where(handed => handed.Kind == MarketEventKind.Trade).Select(trade => trade.LastId).ToArray();
        Assert.Equal(trades.Distinct(), trades);
        Assert.DoesNotContain(_sink.Handed, handed => handed.Kind == MarketEventKind.FeedInterrupted);
    }

    [Fact]
    public async Task RunAsync_RecordTo_TheTapePlaysTheSameEvents()
    {
        Run(options => options.RecordTo = _folder);
        var client = await _venue.NextClientAsync();
        await _sink.NextAsync(MarketEventKind.BookSnapshot);
        await client.SendAsync(VenueServer.Delta(101, 102));
        await client.SendAsync(VenueServer.Trade(1));
        await _sink.NextAsync(MarketEventKind.Trade);
        client.Drop();
        await _sink.NextAsync(MarketEventKind.FeedInterrupted);
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);

        var tape = DecodedTape.Load(Instrument, Directory.GetFiles(_folder), Assert.Fail);
        Assert.Equal(
            _sink.Handed.Select(live => live with { LevelsStart = 0 }),
            tape.Events.Take(_sink.Handed.Count).Select(played => played with { LevelsStart = 0 }));
    }

    [Fact]
    public async Task RunAsync_Cancelled_EndsWithCancellation()
    {
        Run();
        await _venue.NextClientAsync();
        await _stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    private async Task<(MarketEventKind Kind, long Sequence)> NextKindAndSequence()
    {
        var next = await _sink.NextAsync();
        return (next.Kind, next.Sequence);
    }

    private void Run(Action<BinanceOptions>? configure = null, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        var options = new BinanceOptions
        {
            RestBaseAddress = _venue.Address,
            StreamBaseAddress = _venue.StreamAddress,
            BackOffStartSeconds = 0.01,
            BackOffMaxSeconds = 0.05,
            SnapshotIntervalSeconds = 0.01,
        };
        configure?.Invoke(options);
        var settings = Options.Create(options);
        var feed = new BinanceMarketFeed(
            new BinanceRestClient(_http, settings, time),
            settings,
            new FeedMetrics(_services.GetRequiredService<IMeterFactory>()),
            time,
            NullLogger<BinanceMarketFeed>.Instance);
        _running = feed.RunAsync(Instrument, _sink, _stop.Token);
    }
}
