using System.Collections.Immutable;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Features;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Sentiment;
using BtcAgent.Grains.Clocks;
using BtcAgent.Grains.Measurement;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace BtcAgent.Grains.Feeds;

/// <summary>
/// Collects a feed's events into batches and publishes them on the market-data stream. Tallies and notices that wait are injected before the next event,
/// in the feed's own loop, so that the sequence is one; later events count on from there.
/// </summary>
internal sealed partial class MarketStreamSink(
    InstrumentId instrument,
    int line,
    long epoch,
    IAsyncStream<MarketDataBatch> stream,
    IFeatureGrain features,
    FeedCompletion completion,
    FeedOptions options,
    bool waitForDecisions,
    VenueClock venueClock,
    IFactPublisher facts,
    TimeProvider time,
    ILogger logger) : IMarketEventSink
{
    private readonly ImmutableArray<MarketEvent>.Builder _events = ImmutableArray.CreateBuilder<MarketEvent>();
    private readonly ImmutableArray<PriceLevel>.Builder _levels = ImmutableArray.CreateBuilder<PriceLevel>();

    /// <summary>Boxed, because another thread measures it; null before the first measurement.</summary>
    private volatile object? _clockSkewMs;

    private Timestamp _ingestedAt;
    private long _waitedFor;
    private bool _isConnected;
    private long _injected;
    private bool _isAheadLogged;

    /// <summary>Tallies of posts and notices of releases to inject.</summary>
    public InjectionQueue Injections { get; } = new();

    public long LastSequence { get; private set; }

    /// <summary>Sequence of the last event that the stream has accepted; 0 before the first.</summary>
    public long LastPublished { get; private set; }

    public void Accept(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels)
    {
        if (_events.Count == 0)
        {
            _ingestedAt = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        }

        if (!Injections.IsEmpty)
        {
            Inject(marketEvent.Sequence, marketEvent.ReceiveTime);
        }

        LastSequence = marketEvent.Sequence + _injected;
        _events.Add(marketEvent with { LevelsStart = _levels.Count, Sequence = LastSequence });
        _levels.AddRange(levels);
        if (_isConnected != (marketEvent.Kind != MarketEventKind.FeedInterrupted))
        {
            _isConnected = !_isConnected;
            var (from, to) = _isConnected ? ("interrupted", "connected") : ("connected", "interrupted");
            facts.Publish(new AgentEventFact(
                AgentEventKind.Feed, instrument.Key, $"line {line}", from, to, "feed", $"epoch {epoch}, event {LastSequence}", marketEvent.ReceiveTime));
        }
    }

    public void Refuse(string reason)
    {
        completion.CountRefused();
        AgentMeter.FramesRefused.Add(1, new KeyValuePair<string, object?>("instrument", instrument.Key));
        LogRefused(logger, instrument, reason);
    }

    public void OnClockMeasured(TimeSpan offset) => _clockSkewMs = offset.TotalMilliseconds;

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_events.Count > 0)
        {
            await PublishAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Publishes the remaining events after the feed has ended, and waits until they are applied and, in a replay, decided.
    /// </summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_events.Count > 0)
        {
            await PublishAsync(cancellationToken);
        }

        if (LastSequence > 0)
        {
            await features.WaitFor(epoch, LastSequence).WaitAsync(cancellationToken);
        }
    }

    /// <param name="before">Sequence in the feed of the event that they are injected before.</param>
    /// <param name="receivedAt">When that event was received.</param>
    private void Inject(long before, Timestamp receivedAt)
    {
        Span<PriceLevel> values = stackalloc PriceLevel[SentimentTally.LevelsMax];
        while (Injections.TryTake(out var known))
        {
            if (receivedAt.IsKnown && known.KnownAt - receivedAt > EventClock.AheadMax)
            {
                if (!_isAheadLogged)
                {
                    LogAhead(logger, instrument, known.KnownAt, receivedAt);
                    _isAheadLogged = true;
                }

                continue;
            }

            _events.Add(known.ToEvent(before + _injected, receivedAt) with { LevelsStart = _levels.Count });
            _levels.AddRange(known.Write(values));
            _injected++;
        }
    }

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        venueClock.Saw(_events[^1].EventTime, _events[^1].ReceiveTime);
        var last = LastSequence;
        var batch = new MarketDataBatch(instrument, epoch, _events.DrainToImmutable(), _levels.DrainToImmutable(), _ingestedAt, line, (double?)_clockSkewMs);
        await stream.OnNextAsync(batch);
        facts.Publish(new MarketFact(batch));
        LastPublished = last;
        if (waitForDecisions && LastSequence - _waitedFor > options.ReplayEventsAhead)
        {
            _waitedFor = LastSequence - (options.ReplayEventsAhead / 2);
            await features.WaitFor(epoch, _waitedFor).WaitAsync(cancellationToken);
        }
    }
}
