using System.Collections.Immutable;
using BtcAgent.Contracts.Feeds;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Streams;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Lines;
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

    /// <summary>How far trades may come behind other events and still find their bar open.</summary>
    private static readonly TimeSpan TradesMayLag = TimeSpan.FromMilliseconds(500);

    private readonly LineArbiter? _arbiter = feeds.Value.Lines == 1 ? null : new LineArbiter(new LineArbiterState());
    private readonly EventClock _clock = new();
    private BarBuilder _barBuilder = new(BarLength);
    private FeedFence? _fence;
    private readonly Queue<Bar> _bars = new();
    private MarketEvent _lastTrade;
    private Quote _quote;
    private FeedHealth _health = new()
    {
        IsConnected = false,
        Epoch = 0,
        Events = 0,
        Interruptions = 0,
        SequenceHoles = 0,
        Duplicates = 0,
        LastEventTime = Timestamp.Unknown,
        LastReceiveTime = Timestamp.Unknown,
        AgeMs = 0,
    };

    private long _lastSequence;

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
        var age = _health.LastReceiveTime.IsKnown
            ? (Timestamp.FromDateTimeOffset(time.GetUtcNow()) - _health.LastReceiveTime).TotalMilliseconds
            : 0;
        return Task.FromResult(new InstrumentSnapshot
        {
            Instrument = InstrumentId.Parse(this.GetPrimaryKeyString()),
            Rules = state.State.Rules,
            Quote = _quote,
            LastPrice = _lastTrade.Price,
            LastQuantity = _lastTrade.Quantity,
            LastAggressor = _lastTrade.Price.IsZero ? null : _lastTrade.Aggressor,
            Bars = NewestBars(take),
            Health = Health() with { AgeMs = Math.Max(0, age) },
        });
    }

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<MarketDataBatch>().ResumeAsync(this);

    public async Task OnNextAsync(MarketDataBatch item, StreamSequenceToken? token = null)
    {
        _fence ??= new FeedFence(GrainFactory, item.Instrument);
        var expected = _arbiter?.NextSequence(item.Line, item.FeedEpoch) ?? (item.FeedEpoch == _health.Epoch ? _lastSequence + 1 : 1);
        if (item.Events.IsEmpty)
        {
            return;
        }

        if (await _fence.RefusalOf(item, expected) is not null)
        {
            // The feature grain says so in the log.
            _health = _health with { BatchesRefused = _health.BatchesRefused + 1 };
            return;
        }

        _health = _health with { ClockSkewMs = item.ClockSkewMs ?? _health.ClockSkewMs };
        if (_arbiter is not null)
        {
            // There is no book here that a snapshot could mend.
            foreach (var (numbered, _) in _arbiter.Merge(item, () => true))
            {
                Apply(in numbered);
            }

            return;
        }

        if (item.Line > 0 || item.FeedEpoch < _health.Epoch)
        {
            return;
        }

        if (item.FeedEpoch > _health.Epoch)
        {
            _health = _health with { Epoch = item.FeedEpoch };
            _lastSequence = 0;
        }

        foreach (var marketEvent in item.Events)
        {
            Apply(in marketEvent);
        }
    }

    public Task OnErrorAsync(Exception ex)
    {
        LogStreamFailed(logger, this.GetPrimaryKeyString(), ex);
        return Task.CompletedTask;
    }

    private FeedHealth Health()
    {
        if (_arbiter is null)
        {
            return _health;
        }

        var lines = _arbiter.Lines;
        return _health with
        {
            Epoch = lines.Max(line => line.Epoch),
            SequenceHoles = lines.Sum(line => line.Holes),
            Duplicates = lines.Sum(line => line.Events - line.Taken),
            Lines =
            [
                .. lines.Select((line, i) => new FeedLineHealth(
                    _arbiter.IsLive(i), line.Epoch, line.Events, line.Taken, line.Interruptions, line.Holes)),
            ],
        };
    }

    private ImmutableArray<Bar> NewestBars(int take)
    {
        var open = _barBuilder.Current;
        IEnumerable<Bar> bars = open.IsEmpty ? _bars : _bars.Append(open);
        return [.. bars.TakeLast(take)];
    }

    private void Apply(in MarketEvent marketEvent)
    {
        if (marketEvent.Sequence <= _lastSequence)
        {
            _health = _health with { Duplicates = _health.Duplicates + 1 };
            return;
        }

        var holes = _lastSequence == 0 ? 0 : marketEvent.Sequence - _lastSequence - 1;
        var interrupted = marketEvent.Kind == MarketEventKind.FeedInterrupted;
        _lastSequence = marketEvent.Sequence;
        var time = _clock.Advance(in marketEvent);
        if (time == EventTimeVerdict.TurnsBack)
        {
            // Bars of a time that never was.
            _bars.Clear();
            _barBuilder = new BarBuilder(BarLength);
        }

        _health = _health with
        {
            IsConnected = !interrupted,
            Events = _health.Events + 1,
            Interruptions = _health.Interruptions + (interrupted ? 1 : 0),
            SequenceHoles = _health.SequenceHoles + holes,
            LastEventTime = _clock.Now,
            LastReceiveTime = marketEvent.ReceiveTime,
        };
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
