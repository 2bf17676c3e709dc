using BtcAgent.Domain;
using BtcAgent.Domain.Books;
using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Binance;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Exchanges.Simulator.Tests;

/// <summary>The real connector against the simulated venue.</summary>
public sealed class RealFeedTests
{
    [Fact]
    public async Task RunAsync_SimulatedVenue_BookInSyncAndTopEqualsQuotes()
    {
        await using var venue = await RunningVenue.StartAsync();
        await using var services = new ServiceCollection().AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddBinanceMarketData(options =>
            {
                options.RestBaseAddress = venue.Venue.RestAddress;
                options.StreamBaseAddress = venue.Venue.StreamAddress;
                options.SnapshotLevels = 5_000;
            })
            .BuildServiceProvider();
        var feed = services.GetRequiredService<IMarketFeed>();
        var instrument = InstrumentId.Parse("BINANCE:BTCUSDT");
        var rules = await feed.GetTradingRulesAsync(instrument, venue.Limit);
        Assert.Equal(Price.Parse("0.01"), rules.TickSize);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(venue.Limit);
        var sink = new BookSink(deltasWanted: 20);
        var running = feed.RunAsync(instrument, sink, stop.Token);
        await Task.WhenAny(sink.Done, running).WaitAsync(venue.Limit);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(5)));

        Assert.Empty(sink.Refusals);
        Assert.Equal(1, sink.Snapshots);
        Assert.Equal((0, 0), (sink.Books.Gaps, sink.Books.CrossedBooks));
        Assert.True(sink.Books.IsInSync);
        Assert.True(sink.Trades > 0);
        Assert.True(sink.Compared > 5, $"{sink.Compared} tops compared");
        Assert.Equal(0, sink.Different);
    }

    /// <summary>Keeps the book; after each delta compares its top with the last quote up to the delta's id.</summary>
    private sealed class BookSink(int deltasWanted) : IMarketEventSink
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private MarketEvent _quote;
        private int _deltas;

        public Task Done => _done.Task;

        public BookSynchronizer Books { get; } = new(new OrderBook());

        public List<string> Refusals { get; } = [];

        public int Snapshots { get; private set; }

        public void OnClockMeasured(TimeSpan offset)
        {
            // Only the book is compared here.
        }

        public int Trades { get; private set; }

        public int Compared { get; private set; }

        public int Different { get; private set; }

        public void Accept(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels)
        {
            Books.Apply(marketEvent, levels);
            Snapshots += marketEvent.Kind == MarketEventKind.BookSnapshot ? 1 : 0;
            Trades += marketEvent.Kind == MarketEventKind.Trade ? 1 : 0;
            if (marketEvent.Kind == MarketEventKind.Quote)
            {
                _quote = marketEvent;
            }
            else if (marketEvent.Kind == MarketEventKind.BookDelta && Books.IsInSync)
            {
                if (_quote.LastId > 0 && _quote.LastId <= Books.LastUpdateId)
                {
                    Compared++;
                    Different += Books.Book.Top == _quote.Quote ? 0 : 1;
                }

                if (++_deltas == deltasWanted)
                {
                    _done.TrySetResult();
                }
            }
        }

        public void Refuse(string reason) => Refusals.Add(reason);

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
