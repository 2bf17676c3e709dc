using System.Collections.Immutable;

namespace BtcAgent.Domain.MarketData.Lines;

/// <summary>
/// Merges two readers of the same venue into one stream: takes the first copy of each trade, quote and book update, by the
/// venue's own ids, and of each injected event by its number, so that either line may fall silent without a gap. Depends on nothing but the events, and compares lines by
/// the venue's clock: the same batches in the same order always give the same stream.
/// </summary>
public sealed class LineArbiter
{
    /// <summary>Number of lines per instrument.</summary>
    public const int LineCount = 2;

    /// <summary>Ranges of missing trades that are remembered; late trades of older ranges are dropped.</summary>
    public const int TradeGapsMax = 16;

    /// <summary>Most book updates of a line that wait for the other line.</summary>
    public const int HeldMax = 1_000;

    /// <summary>Largest plausible jump of the venue's ids between two events: more than the venue assigns in days.</summary>
    public const long IdJumpMax = 1_000_000_000;

    /// <summary>A line that is this far behind the other by the venue's clock counts as silent.</summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(1);

    private readonly LineState[] _lines;
    private readonly List<TradeGap> _gaps;
    private readonly Queue<MergedEvent>[] _held;
    private readonly Queue<MergedEvent> _taken = new();
    private long _tradeId;
    private long _quoteId;
    private long _deltaId;
    private long _deltasFrom;
    private long _tallyNumber;
    private long _noticeNumber;

    public LineArbiter(LineArbiterState state)
    {
        if (state.Lines.Length != LineCount)
        {
            throw new ArgumentException($"{state.Lines.Length} lines, expected {LineCount}", nameof(state));
        }

        _lines = [.. state.Lines];
        _gaps = [.. state.TradeGaps];
        _held = [new(state.Held.Where(held => held.Line == 0).Select(Held)), new(state.Held.Where(held => held.Line == 1).Select(Held))];
        (Sequence, _tradeId, _quoteId, _deltaId, _deltasFrom, _tallyNumber, _noticeNumber) =
            (state.Sequence, state.TradeId, state.QuoteId, state.DeltaId, state.DeltasFrom, state.TallyNumber, state.NoticeNumber);
    }

    /// <summary>Number of the last event taken, including interruptions.</summary>
    public long Sequence { get; private set; }

    public ImmutableArray<LineState> Lines => [.. _lines];

    /// <summary>Valid only after everything has been taken.</summary>
    public LineArbiterState ToState() => new()
    {
        Lines = Lines,
        Sequence = Sequence,
        TradeId = _tradeId,
        QuoteId = _quoteId,
        DeltaId = _deltaId,
        DeltasFrom = _deltasFrom,
        TallyNumber = _tallyNumber,
        NoticeNumber = _noticeNumber,
        TradeGaps = [.. _gaps],
        Held = [.. Enumerable.Range(0, LineCount).SelectMany(line => _held[line].Select(held => new HeldDeltaState(line, held.Event, [.. held.Levels.Span])))],
    };

    /// <summary>Whether a line is reading, judged by its interruptions and the venue's clock.</summary>
    public bool IsLive(int line) =>
        _lines[line].IsConnected && _lines[1 - line].LastEventTime - _lines[line].LastEventTime <= SilenceMax;

    /// <summary>The next sequence of the line, a higher one means that events are missing; null while nothing of the line was read.</summary>
    public long? NextSequence(int line, long epoch) =>
        _lines[line].Epoch == 0 ? null : _lines[line].Epoch == epoch ? _lines[line].LastSequence + 1 : 1;

    /// <summary>True for a batch whose line has a newer reader, or of an unknown line.</summary>
    public bool IsVoid(MarketDataBatch batch) => batch.Line is < 0 or >= LineCount || batch.FeedEpoch < _lines[batch.Line].Epoch;

    /// <summary>Takes the next released event of the merged stream, with its new sequence number.</summary>
    public bool TryTake(out MergedEvent merged)
    {
        if (!_taken.TryDequeue(out merged))
        {
            return false;
        }

        merged = merged with { Event = merged.Event with { Sequence = ++Sequence } };
        return true;
    }

    /// <summary>A higher epoch is a new reader: its line restarts, as one does that joined at a wrong sequence.</summary>
    public void Begin(int line, long epoch, bool startsAgain = false)
    {
        if (epoch > _lines[line].Epoch || startsAgain)
        {
            _lines[line] = _lines[line] with { Epoch = epoch, LastSequence = 0, IsConnected = false };
            _held[line].Clear();
        }
    }

    /// <summary>
    /// Looks at a line's next event; take the resulting events with <see cref="TryTake"/>, and apply them.
    /// </summary>
    /// <param name="line">Line of the event; <see cref="Begin"/> has set its epoch.</param>
    /// <param name="marketEvent">The next event of the line.</param>
    /// <param name="levels">The event's bids, then asks; kept while the event waits.</param>
    /// <param name="bookInSync">Whether the book of the merged events is in sync now.</param>
    public void Offer(int line, in MarketEvent marketEvent, ReadOnlyMemory<PriceLevel> levels, bool bookInSync)
    {
        if (marketEvent.Sequence <= _lines[line].LastSequence)
        {
            return;
        }

        Note(line, in marketEvent);
        switch (marketEvent.Kind)
        {
            case MarketEventKind.BookDelta:
                OfferDelta(line, new MergedEvent(marketEvent, levels));
                break;
            case MarketEventKind.BookSnapshot:
                if (bookInSync ? IsFirst(ref _deltaId, marketEvent.LastId) : MeetsDeltas(marketEvent.LastId))
                {
                    Take(line, in marketEvent, levels);
                    Release();
                }

                break;
            case MarketEventKind.Trade when IsFirstTrade(marketEvent.LastId):
            case MarketEventKind.Quote when IsFirst(ref _quoteId, marketEvent.LastId):
            case MarketEventKind.Sentiment when IsNewer(ref _tallyNumber, marketEvent.LastId): // Milliseconds: any pause is plausible.
            case MarketEventKind.Calendar when IsNewer(ref _noticeNumber, marketEvent.LastId):

            // As long as the other line reads, nothing is missing.
            case MarketEventKind.FeedInterrupted when !IsLive(1 - line):
                Take(line, in marketEvent, levels);
                break;
        }
    }

    /// <summary>
    /// False for a snapshot that the deltas taken since the last interruption do not continue: the other line's snapshot does.
    /// </summary>
    private bool MeetsDeltas(long lastId)
    {
        _deltaId = Math.Max(_deltaId, lastId);
        return lastId + 1 >= _deltasFrom;
    }

    private void Take(int line, in MarketEvent marketEvent, ReadOnlyMemory<PriceLevel> levels)
    {
        _deltasFrom = marketEvent.Kind switch
        {
            MarketEventKind.FeedInterrupted => 0,
            MarketEventKind.BookDelta when _deltasFrom == 0 => marketEvent.FirstId,
            _ => _deltasFrom,
        };
        _taken.Enqueue(new MergedEvent(marketEvent, levels));
        _lines[line] = _lines[line] with { Taken = _lines[line].Taken + 1 };
    }

    private void Note(int line, in MarketEvent marketEvent)
    {
        var state = _lines[line];
        var isInterruption = marketEvent.Kind == MarketEventKind.FeedInterrupted;
        _lines[line] = state with
        {
            LastSequence = marketEvent.Sequence,
            LastEventTime = marketEvent.EventTime > state.LastEventTime && !IsAhead(in marketEvent) ? marketEvent.EventTime : state.LastEventTime,
            IsConnected = marketEvent.IsInjected ? state.IsConnected : !isInterruption,
            Events = state.Events + 1,
            Holes = state.Holes + (state.LastSequence == 0 ? 0 : marketEvent.Sequence - state.LastSequence - 1),
            Interruptions = state.Interruptions + (isInterruption ? 1 : 0),
        };
    }

    /// <summary>A wrong time would make the other line look silent forever.</summary>
    private static bool IsAhead(in MarketEvent marketEvent) =>
        marketEvent.ReceiveTime.IsKnown && marketEvent.EventTime - marketEvent.ReceiveTime > EventClock.AheadMax;

    /// <summary>After a wrong id no later event would be taken.</summary>
    private static bool IsImplausible(long newest, long id) => newest > 0 && id - newest > IdJumpMax;

    private static bool IsFirst(ref long newest, long id) => !IsImplausible(newest, id) && IsNewer(ref newest, id);

    private static bool IsNewer(ref long newest, long id)
    {
        var isNewer = id > newest;
        newest = Math.Max(newest, id);
        return isNewer;
    }

    private bool IsFirstTrade(long id)
    {
        if (IsImplausible(_tradeId, id))
        {
            return false;
        }

        if (id > _tradeId)
        {
            if (id > _tradeId + 1)
            {
                _gaps.Add(new TradeGap(_tradeId + 1, id - 1));
                Trim();
            }

            _tradeId = id;
            return true;
        }

        var place = _gaps.Count - 1; // A loop, since a lambda would allocate for each trade.
        while (place >= 0 && !(_gaps[place].First <= id && id <= _gaps[place].Last))
        {
            place--;
        }

        if (place < 0)
        {
            return false;
        }

        var (first, last) = _gaps[place];
        _gaps.RemoveAt(place);
        if (id < last)
        {
            _gaps.Insert(place, new TradeGap(id + 1, last));
        }

        if (first < id)
        {
            _gaps.Insert(place, new TradeGap(first, id - 1));
        }

        Trim();
        return true;
    }

    private void Trim()
    {
        if (_gaps.Count > TradeGapsMax)
        {
            _gaps.RemoveAt(0);
        }
    }

    /// <summary>
    /// Holds a delta ahead of the book while the other line may still deliver what is missing. When the other line does not read,
    /// or has passed the same place, the missing updates are lost: the merged stream is interrupted there.
    /// </summary>
    private void OfferDelta(int line, MergedEvent delta)
    {
        var isLost = _held[1 - line].Count > 0 || !IsLive(1 - line) || _held[line].Count >= HeldMax;
        _held[line].Enqueue(delta);
        Release();
        if (_held[line].Count > 0 && (isLost || _deltaId == 0))
        {
            if (_deltaId > 0)
            {
                Take(line, new MarketEvent { Kind = MarketEventKind.FeedInterrupted, ReceiveTime = delta.Event.ReceiveTime }, default);
            }

            _deltaId = _held.Where(queue => queue.Count > 0).Min(queue => queue.Peek().Event.FirstId) - 1;
            Release();
        }
    }

    /// <summary>Takes the held deltas that continue the book: one line may deliver what the other waits for.</summary>
    private void Release()
    {
        bool released;
        do
        {
            released = ReleaseFrom(0);
            released |= ReleaseFrom(1);
        }
        while (released);
    }

    private bool ReleaseFrom(int line)
    {
        var before = _deltaId;
        while (_held[line].TryPeek(out var next) && next.Event.FirstId <= _deltaId + 1)
        {
            _held[line].Dequeue();
            if (IsFirst(ref _deltaId, next.Event.LastId))
            {
                Take(line, next.Event, next.Levels);
            }
        }

        return _deltaId != before;
    }

    private static MergedEvent Held(HeldDeltaState state) => new(state.Event, state.Levels.AsMemory());
}
