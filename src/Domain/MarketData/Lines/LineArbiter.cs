using System.Collections.Immutable;

namespace BtcAgent.Domain.MarketData.Lines;

/// <summary>
/// Makes one stream of two readers of the same venue: of each trade, quote and book update the first to come is taken, by
/// the venue's own ids, so that either line may fall silent without a gap. Looks at nothing but the events, and compares
/// lines by the venue's clock: the same batches in the same order always give the same stream.
/// </summary>
public sealed class LineArbiter
{
    /// <summary>Lines of an instrument.</summary>
    public const int LineCount = 2;

    /// <summary>Ranges of missing trades that are remembered; trades of older ones are not taken any more.</summary>
    public const int TradeGapsMax = 16;

    /// <summary>A line that is this far behind the other by the venue's clock does not count as reading.</summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(1);

    private readonly LineState[] _lines;
    private readonly List<TradeGap> _gaps;
    private long _tradeId;
    private long _quoteId;
    private long _deltaId;

    public LineArbiter(LineArbiterState state)
    {
        if (state.Lines.Length != LineCount)
        {
            throw new ArgumentException($"{state.Lines.Length} lines, expected {LineCount}", nameof(state));
        }

        _lines = [.. state.Lines];
        _gaps = [.. state.TradeGaps];
        (Sequence, _tradeId, _quoteId, _deltaId) = (state.Sequence, state.TradeId, state.QuoteId, state.DeltaId);
    }

    /// <summary>Events taken so far, interruptions between them included: the number of the last one.</summary>
    public long Sequence { get; private set; }

    public ImmutableArray<LineState> Lines => [.. _lines];

    public LineArbiterState ToState() => new()
    {
        Lines = Lines,
        Sequence = Sequence,
        TradeId = _tradeId,
        QuoteId = _quoteId,
        DeltaId = _deltaId,
        TradeGaps = [.. _gaps],
    };

    /// <summary>A line that reads, by its own words and the venue's clock.</summary>
    public bool IsLive(int line) =>
        _lines[line].IsConnected && _lines[1 - line].LastEventTime - _lines[line].LastEventTime <= SilenceMax;

    /// <summary>The number that the line's next event has to have so that none is missing.</summary>
    public long NextSequence(int line, long epoch) => _lines[line].Epoch == epoch ? _lines[line].LastSequence + 1 : 1;

    /// <summary>True of a batch whose line has a newer reader, or that is of no line known.</summary>
    public bool IsVoid(MarketDataBatch batch) => batch.Line is < 0 or >= LineCount || batch.FeedEpoch < _lines[batch.Line].Epoch;

    /// <summary>To be called before a batch's events: a new reader starts its line anew.</summary>
    public void Begin(int line, long epoch)
    {
        if (epoch > _lines[line].Epoch)
        {
            _lines[line] = _lines[line] with { Epoch = epoch, LastSequence = 0, LastDeltaId = 0, IsConnected = false };
        }
    }

    /// <param name="line">Who brings it.</param>
    /// <param name="marketEvent">With the line's own sequence.</param>
    /// <param name="bookInSync">Whether the book that is kept of the taken events is in sync now.</param>
    public LineVerdict Judge(int line, in MarketEvent marketEvent, bool bookInSync)
    {
        if (marketEvent.Sequence <= _lines[line].LastSequence)
        {
            return LineVerdict.Drop;
        }

        Note(line, in marketEvent);
        var verdict = marketEvent.Kind switch
        {
            MarketEventKind.Trade => IsFirstTrade(marketEvent.LastId) ? LineVerdict.Take : LineVerdict.Drop,
            MarketEventKind.Quote => IsFirst(ref _quoteId, marketEvent.LastId) ? LineVerdict.Take : LineVerdict.Drop,
            MarketEventKind.BookDelta => JudgeDelta(line, in marketEvent),
            MarketEventKind.BookSnapshot => IsFirst(ref _deltaId, marketEvent.LastId) || !bookInSync ? LineVerdict.Take : LineVerdict.Drop,

            // The other line reads on, and nothing is missing.
            _ => IsLive(1 - line) ? LineVerdict.Drop : LineVerdict.Take,
        };
        if (verdict != LineVerdict.Drop)
        {
            _lines[line] = _lines[line] with { Taken = _lines[line].Taken + 1 };
        }

        return verdict;
    }

    /// <summary>The event as one of the merged stream.</summary>
    public MarketEvent Number(in MarketEvent marketEvent) => marketEvent with { Sequence = ++Sequence };

    /// <summary>The interruption that stands before an event, in the merged stream.</summary>
    public MarketEvent NumberInterruption(in MarketEvent before) => new()
    {
        Kind = MarketEventKind.FeedInterrupted,
        Sequence = ++Sequence,
        ReceiveTime = before.ReceiveTime,
    };

    private void Note(int line, in MarketEvent marketEvent)
    {
        var state = _lines[line];
        var isInterruption = marketEvent.Kind == MarketEventKind.FeedInterrupted;
        _lines[line] = state with
        {
            LastSequence = marketEvent.Sequence,
            LastEventTime = marketEvent.EventTime > state.LastEventTime ? marketEvent.EventTime : state.LastEventTime,
            IsConnected = !isInterruption,
            Events = state.Events + 1,
            Holes = state.Holes + (state.LastSequence == 0 ? 0 : marketEvent.Sequence - state.LastSequence - 1),
            Interruptions = state.Interruptions + (isInterruption ? 1 : 0),
        };
    }

    private static bool IsFirst(ref long newest, long id)
    {
        if (id <= newest)
        {
            return false;
        }

        newest = id;
        return true;
    }

    private bool IsFirstTrade(long id)
    {
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

        var place = _gaps.FindIndex(gap => gap.First <= id && id <= gap.Last);
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
    /// A delta ahead of the book is left out while the other line brings what is missing; the line's next ones follow on
    /// that. Only when the other one does not read, or has passed the same place, is it lost.
    /// </summary>
    private LineVerdict JudgeDelta(int line, in MarketEvent delta)
    {
        _lines[line] = _lines[line] with { LastDeltaId = delta.LastId };
        var isAhead = _deltaId > 0 && delta.FirstId > _deltaId + 1;
        if (isAhead && IsLive(1 - line) && _lines[1 - line].LastDeltaId <= _deltaId)
        {
            return LineVerdict.Drop;
        }

        return !IsFirst(ref _deltaId, delta.LastId) ? LineVerdict.Drop : isAhead ? LineVerdict.TakeInterrupted : LineVerdict.Take;
    }
}
