using System.Collections.Immutable;
using System.Reflection;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Features;
using BtcAgent.Contracts.Social;
using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Sentiment;
using BtcAgent.Grains.Clocks;
using BtcAgent.Grains.Feeds;
using BtcAgent.Testing;
using Microsoft.Extensions.Time.Testing;
using Orleans.Streams;

namespace BtcAgent.Grains.Tests.Feeds;

/// <summary>Tallies of posts enter the events of a feed in its own order; a source of posts that fails or hangs does not touch the feed.</summary>
public sealed class TallyInjectionTests
{
    private static readonly InstrumentId Instrument = InstrumentId.Parse("BINANCE:BTCUSDT");
    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_795_910_400_000);

    private readonly FakeTimeProvider _time = new(Start.ToDateTimeOffset());
    private readonly RecordedLog<TallyInjectionTests> _log = new();
    private readonly InjectionQueue _queue = new();
    private readonly Posts _posts = new();

    [Fact]
    public async Task Accept_TalliesWait_AreInjectedBeforeTheEventInOneSequence()
    {
        var (sink, published) = Sink();
        sink.Accept(Trade(1, 0), []);
        sink.Injections.Add(Tally(1_000));
        sink.Injections.Add(Tally(2_000));
        PriceLevel[] levels = [new(Price.Parse("5"), Quantity.Parse("1")), new(Price.Parse("6"), Quantity.Parse("2"))];
        sink.Accept(Trade(2, 3_000) with { Kind = MarketEventKind.BookDelta, BidCount = 1, AskCount = 1 }, levels);
        await sink.FlushAsync(TestContext.Current.CancellationToken);
        sink.Accept(Trade(3, 4_000), []);
        await sink.FlushAsync(TestContext.Current.CancellationToken);

        var (first, second) = (published[0], published[1]);
        Assert.Equal(
            [(1, MarketEventKind.Trade), (2, MarketEventKind.Sentiment), (3, MarketEventKind.Sentiment), (4, MarketEventKind.BookDelta)],
            first.Events.Select(one => (one.Sequence, one.Kind)));
        Assert.Equal(Tally(1_000), SentimentTally.Read(first.Events[1], first.LevelsOf(first.Events[1])));
        Assert.Equal(Tally(2_000), SentimentTally.Read(first.Events[2], first.LevelsOf(first.Events[2])));
        Assert.Equal(levels, first.LevelsOf(first.Events[3]));
        Assert.Equal(At(3_000), first.Events[1].ReceiveTime);
        Assert.Equal(5, Assert.Single(second.Events).Sequence);
        Assert.Equal((5L, 5L), (sink.LastSequence, sink.LastPublished));
    }

    [Fact]
    public void Accept_TallyOfAClockThatIsAhead_IsLeftOutAndLoggedOnce()
    {
        var (sink, _) = Sink();
        sink.Injections.Add(Tally(62_000));
        sink.Injections.Add(Tally(63_000));
        sink.Accept(Trade(1, 1_000), []);

        Assert.Equal(1, sink.LastSequence);
        Assert.Contains("set the clocks", Assert.Single(_log.Entries).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NewTallies_AreAskedForEverySecondAfterTheLastNumber()
    {
        using var ended = new CancellationTokenSource();
        _posts.Answer = after => [.. new[] { Tally(-29_000), Tally(-1_000) }.Where(tally => tally.Number > after)];
        var reading = Reader().RunAsync(ended.Token);
        _posts.Answer = _ => [Tally(-1_000), Tally(500) with { Content = -1 }, Tally(1_000)];
        _time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync("asked again", () => Task.FromResult(_posts.Asked.Count == 2), TimeSpan.FromSeconds(20), () => "");
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        Assert.Equal([Start.UnixMilliseconds - 30_000, Start.UnixMilliseconds - 1_000], _posts.Asked);
        Assert.Equal([Tally(-29_000), Tally(-1_000), Tally(1_000)], Taken());
        Assert.Contains("weight -1", Assert.Single(_log.Entries).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SourceFails_IsLoggedOnceUntilItWorks()
    {
        using var ended = new CancellationTokenSource();
        _posts.Answer = _ => throw new TimeoutException("no answer");
        var reading = Reader().RunAsync(ended.Token);
        for (var second = 2; second <= 4; second++)
        {
            var asked = second;
            _posts.Answer = second < 4 ? _posts.Answer : _ => [Tally(3_000)];
            _time.Advance(TimeSpan.FromSeconds(1));
            await Eventually.TrueAsync("asked again", () => Task.FromResult(_posts.Asked.Count == asked), TimeSpan.FromSeconds(20), () => "");
        }

        await Eventually.TrueAsync("read", () => Task.FromResult(!_queue.IsEmpty), TimeSpan.FromSeconds(20), () => "");
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        Assert.Equal(2, _log.Entries.Count);
        Assert.Contains("no answer", _log.Entries[0].Text, StringComparison.Ordinal);
        Assert.Contains("read again", _log.Entries[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SourceHangs_EndsWhenCancelled()
    {
        using var ended = new CancellationTokenSource();
        _posts.Hangs = true;
        var reading = Reader().RunAsync(ended.Token);
        var (sink, published) = Sink();
        sink.Accept(Trade(1, 0), []);
        await sink.FlushAsync(TestContext.Current.CancellationToken);
        await ended.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Single(published);
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public void Add_FeedThatDeliversNothing_KeepsTheNewest()
    {
        for (var second = 0; second < InjectionQueue.WaitingMax + 5; second++)
        {
            _queue.Add(Tally(second * 1_000));
        }

        Assert.Equal(Enumerable.Range(5, InjectionQueue.WaitingMax).Select(second => Tally(second * 1_000)), Taken());
    }

    private static Timestamp At(int ms) => Start + TimeSpan.FromMilliseconds(ms);

    private static MarketEvent Trade(long sequence, int ms) => new() { Kind = MarketEventKind.Trade, Sequence = sequence, EventTime = At(ms), ReceiveTime = At(ms), LastId = sequence };

    private static SentimentTally Tally(int ms) => new() { Number = At(ms).UnixMilliseconds, KnownAt = At(ms), Posts = 1, Content = 100_000_000, ContentTone = -50_000_000 };

    private List<SentimentTally> Taken()
    {
        var taken = new List<SentimentTally>();
        while (_queue.TryTake(out var tally))
        {
            taken.Add((SentimentTally)tally);
        }

        return taken;
    }

    private TallyReader Reader()
    {
        var factory = DispatchProxy.Create<IGrainFactory, Scripted>();
        ((Scripted)(object)factory).Does = _ => _posts;
        return new TallyReader(factory, Instrument, _queue, _time, _log);
    }

    private (MarketStreamSink Sink, List<MarketDataBatch> Published) Sink()
    {
        var published = new List<MarketDataBatch>();
        var stream = DispatchProxy.Create<IAsyncStream<MarketDataBatch>, Scripted>();
        ((Scripted)(object)stream).Does = arguments =>
        {
            published.Add((MarketDataBatch)arguments![0]!);
            return Task.CompletedTask;
        };
        var sink = new MarketStreamSink(
            Instrument, 0, 1, stream, DispatchProxy.Create<IFeatureGrain, Scripted>(), new FeedCompletion(), new FeedOptions(), waitForDecisions: false, new VenueClock(),
            new Unread(), _time, _log);
        return (sink, published);
    }

    private class Scripted : DispatchProxy
    {
        public Func<object?[]?, object?> Does { get; set; } = _ => throw new NotSupportedException();

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Does(args);
    }

    private sealed class Unread : IFactPublisher
    {
        public TimeSpan Lag => TimeSpan.Zero;

        public void Publish(Fact fact)
        {
        }
    }

    private sealed class Posts : ISentimentGrain
    {
        public Func<long, ImmutableArray<SentimentTally>> Answer { get; set; } = _ => [];

        public bool Hangs { get; set; }

        public List<long> Asked { get; } = [];

        public Task<bool> Publish(SentimentBatch batch) => throw new NotSupportedException();

        public async Task<SentimentBatch> GetTallies(long after)
        {
            var answer = Answer;
            Asked.Add(after);
            return Hangs ? await new TaskCompletionSource<SentimentBatch>().Task : new SentimentBatch(1, answer(after));
        }
    }
}
