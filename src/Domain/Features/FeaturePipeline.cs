using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Books;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Features;

/// <summary>
/// From one instrument's events to samples: keeps the book, builds bars, feeds the features. Its clock is the greatest plausible venue time; an
/// event with an earlier time is counted and applied at the clock. So a trade that arrives after a depth update of a later time falls into the bar
/// that is open then, and none is lost. Expects each event once and in order: a <see cref="FeatureStream"/> ensures that.
/// </summary>
public sealed class FeaturePipeline : IStateful
{
    private const byte StateVersion = 1;

    private readonly InstrumentId _instrument;
    private readonly TimeSpan _sampleInterval;
    private readonly TimeSpan _barInterval;
    private readonly FeatureOptions _options;
    private readonly EventClock _clock = new();
    private readonly TopComparison _top = new();
    private readonly ImmutableArray<Bar>.Builder _closedBars = ImmutableArray.CreateBuilder<Bar>();
    private FeatureEngine _engine;
    private BarBuilder _bars;
    private PipelineCounters _counters;
    private Timestamp _nextInstant;
    private Timestamp _receiveTime;
    private Quote _venueQuote;

    /// <summary>With the schema of an earlier version, computes samples as that version did; null is the current one.</summary>
    public FeaturePipeline(InstrumentId instrument, FeatureOptions options, FeatureSchema? schema = null)
    {
        _instrument = instrument;
        _sampleInterval = TimeSpan.FromMilliseconds(options.SampleIntervalMs);
        Schema = schema ?? FeatureSchema.Create(options);
        _options = options.Copy(); // They travel with every sample, and their owner may change them.
        _barInterval = TimeSpan.FromMilliseconds(options.BarIntervalMs);
        _engine = new FeatureEngine(_options, Schema);
        _bars = new BarBuilder(_barInterval);
        Synchronizer = new BookSynchronizer(Book);
    }

    public FeatureSchema Schema { get; }

    /// <summary>The greatest plausible venue time.</summary>
    public Timestamp Clock => _clock.Now;

    /// <summary>Sequence of the last event applied; 0 before the first one of a feed.</summary>
    public long LastSequence { get; private set; }

    public OrderBook Book { get; } = new();

    public BookSynchronizer Synchronizer { get; private set; }

    public PipelineCounters Counters => _counters with
    {
        BookGaps = _counters.BookGaps + Synchronizer.Gaps,
        CrossedBooks = _counters.CrossedBooks + Synchronizer.CrossedBooks,
        TopMatches = _top.Matches,
        TopComparable = _top.Comparable,
        LateTrades = _bars.LateTrades,
    };

    /// <summary>
    /// Call this before <see cref="Apply"/> with the same event: when its time reaches the next sampling instant, returns the
    /// sample of the state before it, stamped with the latest instant at or before its time.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TrySample(in MarketEvent next, [NotNullWhen(true)] out FeatureSample? sample)
    {
        if (next.EventTime < _nextInstant)
        {
            sample = null;
            return false;
        }

        return TrySampleAt(in next, out sample);
    }

    private bool TrySampleAt(in MarketEvent next, [NotNullWhen(true)] out FeatureSample? sample)
    {
        sample = null;
        if (_clock.Judge(in next) != EventTimeVerdict.Newer)
        {
            return false;
        }

        var instant = next.EventTime.RoundDownTo(_sampleInterval);
        if (!_nextInstant.IsKnown)
        {
            _nextInstant = instant + _sampleInterval;
            return false;
        }

        var skipped = (int)Math.Min(int.MaxValue, (instant - _nextInstant) / _sampleInterval);
        sample = Sample(instant, skipped);
        _nextInstant = instant + _sampleInterval;
        return true;
    }

    /// <returns>False when the event's venue time is implausible: pass the event on without a time.</returns>
    public bool Apply(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels)
    {
        var isTimePlausible = Advance(in marketEvent);
        switch (marketEvent.Kind)
        {
            case MarketEventKind.Trade:
                _counters = _counters with { Trades = _counters.Trades + 1 };
                _bars.OnTrade(_clock.Now, marketEvent.Price, marketEvent.Quantity, marketEvent.Aggressor);
                _engine.OnTrade(marketEvent.Price, marketEvent.Quantity, marketEvent.Aggressor);
                TakeBars();
                break;
            case MarketEventKind.Quote:
                _counters = _counters with { Quotes = _counters.Quotes + 1 };
                _venueQuote = marketEvent.Quote;
                _engine.OnQuote(in _venueQuote);
                _top.OnQuote(marketEvent.LastId, in _venueQuote);
                break;
            case MarketEventKind.BookDelta:
                _counters = _counters with { DepthUpdates = _counters.DepthUpdates + 1 };
                if (Synchronizer.Apply(in marketEvent, levels) == BookUpdateOutcome.Applied)
                {
                    _top.OnDepth(Synchronizer.LastUpdateId, Book.Top);
                }

                break;
            case MarketEventKind.BookSnapshot:
                _counters = _counters with { Snapshots = _counters.Snapshots + 1 };
                if (Synchronizer.Apply(in marketEvent, levels) == BookUpdateOutcome.Synchronized && Synchronizer.LastUpdateId > marketEvent.LastId)
                {
                    // Deltas that waited for this snapshot have been applied to it.
                    _top.OnDepth(Synchronizer.LastUpdateId, Book.Top);
                }

                break;
            case MarketEventKind.FeedInterrupted:
                _counters = _counters with { Interruptions = _counters.Interruptions + 1 };
                Synchronizer.Apply(in marketEvent, levels);
                Interrupt();
                break;
            case MarketEventKind.Sentiment or MarketEventKind.Calendar:
                _engine.OnInjected(in marketEvent, levels, _clock.Now);
                break;
        }

        return isTimePlausible;
    }

    /// <summary>A new feed epoch began: sequences restart at 1, book and quotes are unknown; bars and clock continue.</summary>
    public void Reset()
    {
        LastSequence = 0;
        _counters = Counters;
        Book.Clear();
        Synchronizer = new BookSynchronizer(Book);
        Interrupt();
    }

    /// <summary>Continues with a new feed after a short gap: sequences restart at 1, the book is unknown, and the windows continue as in a pause.</summary>
    public void ContinueAfterGap()
    {
        LastSequence = 0;
        _counters = Counters;
        Book.Clear();
        Synchronizer = new BookSynchronizer(Book);
        _venueQuote = default;
        _engine.OnGap();
        _top.Forget();
    }

    /// <summary>Saves everything but the settings, which the schema's hash identifies.</summary>
    public void Save(StateWriter writer)
    {
        writer.Version(StateVersion);
        writer.Write(Schema.Hash);
        _clock.Save(writer);
        _top.Save(writer);
        _engine.Save(writer);
        _bars.Save(writer);
        Synchronizer.Save(writer);
        _counters.Save(writer);
        writer.Write(_closedBars.Count);
        foreach (var bar in _closedBars)
        {
            bar.Save(writer);
        }

        writer.Write(_nextInstant);
        writer.Write(_receiveTime);
        writer.Write(LastSequence);
        _venueQuote.Save(writer);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(FeaturePipeline), StateVersion);
        reader.Require("feature schema", reader.ReadLong(), (long)Schema.Hash);
        _clock.Load(reader);
        _top.Load(reader);
        _engine.Load(reader);
        _bars.Load(reader);
        Synchronizer.Load(reader);
        _counters = PipelineCounters.Load(reader);
        _closedBars.Clear();
        for (var left = reader.ReadCount("bars since the last sample", BarBuilder.MaxWaitingBars); left > 0; left--)
        {
            _closedBars.Add(Bar.Load(reader));
        }

        _nextInstant = reader.ReadTimestamp();
        _receiveTime = reader.ReadTimestamp();
        LastSequence = reader.ReadLong();
        _venueQuote = Quote.Load(reader);
    }

    private void Interrupt()
    {
        _venueQuote = default;
        _engine.OnInterrupted();
        _top.Forget();
    }

    /// <summary>Discards windows, bars and the next instant: their times were wrong.</summary>
    private void Restart()
    {
        _engine = new FeatureEngine(_options, Schema);
        _bars = new BarBuilder(_barInterval);
        _closedBars.Clear();
        _nextInstant = Timestamp.Unknown;
        _counters = _counters with { ClockTurnedBack = _counters.ClockTurnedBack + 1 };
    }

    /// <summary>Moves the clock and the windows to the event; returns false when its time is implausible.</summary>
    private bool Advance(in MarketEvent marketEvent)
    {
        LastSequence = marketEvent.Sequence;
        _receiveTime = marketEvent.ReceiveTime;
        var verdict = _clock.Advance(in marketEvent);
        var isTimePlausible = verdict != EventTimeVerdict.Ahead;
        if (verdict == EventTimeVerdict.TurnsBack)
        {
            Restart();
        }

        if (verdict is EventTimeVerdict.Newer or EventTimeVerdict.TurnsBack)
        {
            _engine.AdvanceTo(_clock.Now);
        }

        _counters = _counters with
        {
            Events = _counters.Events + 1,
            TimesBackwards = _counters.TimesBackwards + (marketEvent.EventTime.IsKnown && marketEvent.EventTime < _clock.Now ? 1 : 0),
            TimesAhead = _counters.TimesAhead + (isTimePlausible ? 0 : 1),
        };
        return isTimePlausible;
    }

    private FeatureSample Sample(Timestamp instant, int skipped)
    {
        _bars.AdvanceTo(instant);
        TakeBars();
        _engine.AdvanceTo(instant);
        _counters = _counters with { Samples = _counters.Samples + 1 };
        var inSync = Synchronizer.IsInSync;
        return new FeatureSample
        {
            Instrument = _instrument,
            EventTime = instant,
            ReceiveTime = _receiveTime,
            LastSequence = LastSequence,
            SchemaHash = Schema.Hash,
            Values = _engine.Read(Book, inSync, instant),
            IsWarm = _engine.IsWarm,
            Quote = inSync ? Book.Top : _venueQuote,
            BookInSync = inSync,
            LastEventTime = _clock.Now,
            ClosedBars = _closedBars.DrainToImmutable(),
            InstantsSkipped = skipped,
            VolatilityPerSqrtSecond = _engine.VolatilityPerSqrtSecond,
            Options = _options,
            Scorer = _engine.ScorerAt(instant),
        };
    }

    private void TakeBars()
    {
        while (_bars.TryTakeClosed(out var bar))
        {
            _engine.OnBar(in bar);
            _closedBars.Add(bar);
        }
    }
}
