using System.Collections.Immutable;
using BtcAgent.Contracts.Feeds;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Streams;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Streams;
using BtcAgent.Grains.Activations;
using BtcAgent.Grains.Feeds;
using BtcAgent.Grains.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace BtcAgent.Grains.Instruments;

/// <summary>Follows the stream of one instrument for its last quote, trade, bars and the feed's health.</summary>
[ImplicitStreamSubscription(StreamNames.MarketData)]
internal sealed partial class InstrumentGrain(
    [PersistentState(GrainStateNames.Instrument, WatchedStorage.Provider)] IPersistentState<InstrumentGrainState> state,
    IOptions<FeedOptions> feeds,
    WatchedGrains watched,
    TimeProvider time,
    ILogger<InstrumentGrain> logger) : Grain, IInstrumentGrain, IStreamSubscriptionObserver, IAsyncObserver<MarketDataBatch>
{
    private const int BarsKept = 3600;
    private static readonly TimeSpan BarLength = TimeSpan.FromSeconds(1);

    /// <summary>How far behind other events a trade may arrive and still find its bar open: 500 ms.</summary>
    private static readonly TimeSpan TradesMayLag = TimeSpan.FromMilliseconds(500);

    private readonly InstrumentStream _stream = new(feeds.Value.Lines);
    private readonly EventClock _clock = new();
    private BarBuilder _barBuilder = new(BarLength);
    private FeedFence? _fence;
    private readonly Queue<Bar> _bars = new();
    private MarketEvent _lastTrade;
    private Quote _quote;
    private Timestamp _receiveTime;
    private Timestamp _ingestedAt;
    private bool _isConnected;
    private long _events;
    private long _interruptions;
    private long _batchesRefused;
    private double? _clockSkewMs;

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        watched.Activate(GrainStateNames.Instrument, this, () => Task.CompletedTask);

    public async Task SetRules(TradingRules rules)
    {
        if (rules.Instrument.Key != this.GetPrimaryKeyString())
        {
            throw new ArgumentException($"rules of {rules.Instrument} given to {this.GetPrimaryKeyString()}", nameof(rules));
        }

        if (state.State.Rules != rules)
        {
            state.State.Rules = rules;
            await state.WriteOrDeactivate(this);
        }
    }

    public Task<TradingRules?> GetRules() => Task.FromResult(state.State.Rules);

    public Task<InstrumentSnapshot> GetSnapshot(int barCount)
    {
        var take = Math.Clamp(barCount, 0, BarsKept);
        return Task.FromResult(new InstrumentSnapshot
        {
            Instrument = InstrumentId.Parse(this.GetPrimaryKeyString()),
            Rules = state.State.Rules,
            Quote = _quote,
            LastPrice = _lastTrade.Price,
            LastQuantity = _lastTrade.Quantity,
            LastAggressor = _lastTrade.Price.IsZero ? null : _lastTrade.Aggressor,
            Bars = NewestBars(take),
            Health = Health(),
        });
    }

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<MarketDataBatch>().ResumeAsync(this);

    public async Task OnNextAsync(MarketDataBatch item, StreamSequenceToken? token = null)
    {
        _fence ??= new FeedFence(GrainFactory, item.Instrument);
        if (item.Events.IsEmpty || _stream.IsVoid(item))
        {
            return;
        }

        if (await _fence.RefusalOf(item, _stream.Expected(item)) is not null)
        {
            // The feature grain logs it.
            _batchesRefused++;
            return;
        }

        _clockSkewMs = item.ClockSkewMs ?? _clockSkewMs;
        _stream.Open(item);
        while (_stream.MoveNext())
        {
            Apply(in _stream.Current, item.IngestedAt);
        }
    }

    public Task OnErrorAsync(Exception ex)
    {
        LogStreamFailed(logger, this.GetPrimaryKeyString(), ex);
        return Task.CompletedTask;
    }

    private FeedHealth Health()
    {
        var lines = _stream.Lines;
        var now = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        return new FeedHealth
        {
            IsConnected = _isConnected,
            Epoch = _stream.IsMerged ? lines.Max(line => line.Epoch) : _stream.Epoch,
            Events = _events,
            Interruptions = _interruptions,
            SequenceHoles = _stream.IsMerged ? lines.Sum(line => line.Holes) : _stream.Missing,
            Duplicates = _stream.IsMerged ? lines.Sum(line => line.Events - line.Taken) : _stream.Repeats,
            LastEventTime = _clock.Now,
            LastReceiveTime = _receiveTime,
            AgeMs = _ingestedAt.IsKnown ? Math.Max(0, (now - _ingestedAt).TotalMilliseconds) : 0,
            BatchesRefused = _batchesRefused,
            ClockSkewMs = _clockSkewMs,
            Lines =
            [
                .. lines.Select((line, i) => new FeedLineHealth(
                    _stream.IsLive(i), line.Epoch, line.Events, line.Taken, line.Interruptions, line.Holes)),
            ],
        };
    }

    private ImmutableArray<Bar> NewestBars(int take)
    {
        var open = _barBuilder.Current;
        IEnumerable<Bar> bars = open.IsEmpty ? _bars : _bars.Append(open);
        return [.. bars.TakeLast(take)];
    }

    private void Apply(in MarketEvent marketEvent, Timestamp ingestedAt)
    {
        _events++;
        if (marketEvent.IsInjected)
        {
            return; // Posts and releases do not show that the venue is heard.
        }

        _ingestedAt = ingestedAt;
        var time = _clock.Advance(in marketEvent);
        if (time == EventTimeVerdict.TurnsBack)
        {
            // The bars belong to a wrong time.
            _bars.Clear();
            _barBuilder = new BarBuilder(BarLength);
        }

        var isInterruption = marketEvent.Kind == MarketEventKind.FeedInterrupted;
        _isConnected = !isInterruption;
        _interruptions += isInterruption ? 1 : 0;
        _receiveTime = marketEvent.ReceiveTime;
        switch (marketEvent.Kind)
        {
            case MarketEventKind.Quote:
                _quote = marketEvent.Quote;
                break;
            case MarketEventKind.Trade:
                _lastTrade = marketEvent;
                _barBuilder.OnTrade(time == EventTimeVerdict.Ahead ? _clock.Now : marketEvent.EventTime, marketEvent.Price, marketEvent.Quantity, marketEvent.Aggressor);
                break;
        }

        if (marketEvent.EventTime.IsKnown && time != EventTimeVerdict.Ahead)
        {
            _barBuilder.AdvanceTo(marketEvent.EventTime - TradesMayLag);
        }

        while (_barBuilder.TryTakeClosed(out var bar))
        {
            _bars.Enqueue(bar);
            if (_bars.Count > BarsKept)
            {
                _bars.Dequeue();
            }
        }
    }
}
