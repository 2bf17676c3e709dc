using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BtcAgent.Domain.MarketData.Lines;

namespace BtcAgent.Domain.MarketData.Streams;

/// <summary>
/// The cursor on one instrument's market data: selects the new events of the batches that arrive, in order. Every host reads
/// through it, so all of them apply the same events.
/// <list type="number">
/// <item>Epochs only grow: a batch of an earlier epoch, or of a line that is not read, has no new events.</item>
/// <item>Within an epoch sequences only grow: an event that came before is a repeat, one that was passed over is missing.</item>
/// <item>A batch with an implausible sequence (<see cref="MarketDataBatch.MissingMax"/>) has no new events: it would end the
/// epoch. A stream that joins in the middle of an epoch joins again until two batches in a row fit together.</item>
/// <item>Two lines are merged: each event is taken from the line that delivers it first, and numbered without a gap in one
/// epoch.</item>
/// <item>The same batches in the same order give the same events. Moving through them allocates nothing, except while lines wait
/// for each other.</item>
/// </list>
/// </summary>
public sealed class InstrumentStream
{
    private readonly LineArbiter? _arbiter;
    private readonly bool _isForwarded;
    private readonly long _epochSeen;
    private MarketDataBatch? _batch;
    private (long Sequence, long Missing) _before;
    private int _next;
    private int _end;

    /// <summary>By line: joined in the middle of an epoch, and no batch has followed the one before since.</summary>
    private readonly bool[] _isUnconfirmed = new bool[LineArbiter.LineCount];
    private MarketEvent _merged;
    private ReadOnlyMemory<PriceLevel> _mergedLevels;

    /// <param name="lines">Readers of the venue, 1 or 2.</param>
    /// <param name="epochSeen">Highest epoch that others may have seen of this instrument: the merged stream begins above
    /// it.</param>
    public InstrumentStream(int lines = 1, long epochSeen = 0)
        : this(new InstrumentStreamState { Lines = lines == 1 ? null : new LineArbiterState() }) => _epochSeen = epochSeen;

    /// <summary>Continues from a saved state.</summary>
    public InstrumentStream(InstrumentStreamState state)
    {
        (Epoch, LastSequence, Repeats, Missing) = (state.Epoch, state.LastSequence, state.Repeats, state.Missing);
        _arbiter = state.Lines is null ? null : new LineArbiter(state.Lines);
        _epochSeen = state.Epoch;
    }

    private InstrumentStream(bool isForwarded)
        : this() => _isForwarded = isForwarded;

    /// <summary>The current epoch; 0 before the first batch.</summary>
    public long Epoch { get; private set; }

    /// <summary>Sequence of the last event taken; for two lines, its number in the merged stream.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Repeated events of a single line; two lines repeat each other all the time.</summary>
    public long Repeats { get; private set; }

    /// <summary>Missing events of a single line, not counting those before the first one.</summary>
    public long Missing { get; private set; }

    /// <summary>Whether the open batch began an epoch of one line: the book is unknown then.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether two lines are merged: the events then differ from those of the batch.</summary>
    public bool IsMerged => _arbiter is not null;

    /// <summary>Index of the current event in its batch; for one line only.</summary>
    public int Place => _next - 1;

    /// <summary>The current event, with this stream's sequence number.</summary>
    public ref readonly MarketEvent Current => ref IsMerged ? ref _merged : ref _batch!.Events.ItemRef(Place);

    /// <summary>The current event's bids, then asks.</summary>
    public ReadOnlySpan<PriceLevel> Levels => IsMerged ? _mergedLevels.Span : _batch!.LevelsOf(in Current);

    /// <summary>Progress of each of two readers; empty with one.</summary>
    public ImmutableArray<LineState> Lines => _arbiter?.Lines ?? [];

    /// <summary>
    /// For consumers of events that another reader passes on, with lines merged already. An event without a sequence is a
    /// snapshot for this consumer alone: always new, and not part of the sequence.
    /// </summary>
    public static InstrumentStream Forwarded() => new(isForwarded: true);

    /// <summary>Whether one of two lines is reading, judged by its interruptions and the venue's clock.</summary>
    public bool IsLive(int line) => _arbiter is not null && _arbiter.IsLive(line);

    /// <summary>Valid between two batches.</summary>
    public InstrumentStreamState ToState() => new()
    {
        Epoch = Epoch,
        LastSequence = LastSequence,
        Repeats = Repeats,
        Missing = Missing,
        Lines = _arbiter?.ToState(),
    };

    /// <summary>True for a batch of an earlier reader, or of a line that is not read here.</summary>
    public bool IsVoid(MarketDataBatch batch) =>
        _arbiter?.IsVoid(batch) ?? (batch.FeedEpoch < Epoch || (batch.Line > 0 && !_isForwarded));

    /// <summary>
    /// The sequence that the batch's line continues with: 1 when the batch begins an epoch. A stream that has read nothing of the line
    /// joins its epoch wherever it is, since a feed that has been up for days is far past 1; until two batches in a row fit together, it
    /// joins again wherever the next batch is.
    /// </summary>
    public long Expected(MarketDataBatch batch) =>
        Next(batch) is { } next && !(_isUnconfirmed[LineOf(batch)] && IsElsewhere(batch, 0, next)) ? next
        : batch.Events.IsEmpty ? 1 : batch.Events[0].Sequence;

    /// <summary>Continues with a new feed as if it were the previous one: <see cref="HasBegun"/> stays false for it.</summary>
    public void Adopt(long epoch) => (Epoch, LastSequence) = (epoch, 0);

    /// <summary>Opens a batch; <see cref="MoveNext"/> then moves through its new events. Apply all of them.</summary>
    /// <returns>False when it has no new events.</returns>
    public bool Open(MarketDataBatch batch) => Open(batch, 0, batch.Events.Length);

    /// <param name="batch">Batch with the events.</param>
    /// <param name="from">Index of the first event to read.</param>
    /// <param name="to">Index after the last one.</param>
    public bool Open(MarketDataBatch batch, int from, int to)
    {
        HasBegun = false;
        (_batch, _next, _end) = (batch, from, from);
        if (from >= to || IsVoid(batch) || (!_isForwarded && batch.IsImplausible(Expected(batch))))
        {
            return false;
        }

        _end = to;
        var joinsAgain = JoinsAgain(batch, from);
        if (_arbiter is not null)
        {
            // One epoch forever, since a restarted line does not make the book unknown.
            Epoch = Epoch == 0 ? Math.Max(batch.FeedEpoch, _epochSeen + 1) : Epoch;
            _arbiter.Begin(batch.Line, batch.FeedEpoch, joinsAgain);
        }
        else if (batch.FeedEpoch > Epoch || joinsAgain)
        {
            (Epoch, LastSequence) = (batch.FeedEpoch, 0);
            HasBegun = true;
        }

        _before = (LastSequence, Missing);
        return true;
    }

    private static bool IsElsewhere(MarketDataBatch batch, int from, long next) =>
        from < batch.Events.Length && Math.Abs(batch.Events[from].Sequence - next) > MarketDataBatch.MissingMax;

    private int LineOf(MarketDataBatch batch) => IsMerged ? batch.Line : 0;

    /// <summary>Null while nothing of the batch's line has been read.</summary>
    private long? Next(MarketDataBatch batch) => _arbiter is not null ? _arbiter.NextSequence(batch.Line, batch.FeedEpoch)
        : Epoch == 0 ? null
        : batch.FeedEpoch == Epoch ? LastSequence + 1 : 1;

    /// <summary>Whether the batch shows that the stream joined at a wrong sequence. A forwarded stream joins where its reader does.</summary>
    private bool JoinsAgain(MarketDataBatch batch, int from)
    {
        ref var isUnconfirmed = ref _isUnconfirmed[LineOf(batch)];
        if (Next(batch) is not { } next)
        {
            isUnconfirmed = true;
            return false;
        }

        var first = batch.Events[from].Sequence;
        isUnconfirmed &= first != next;
        return first > 0 && batch.FeedEpoch <= Epoch && (isUnconfirmed || _isForwarded) && IsElsewhere(batch, from, next);
    }

    /// <summary>
    /// Undoes the open batch, which failed and will be delivered again: its events count as new then. Has no effect on two lines,
    /// which have taken the events already.
    /// </summary>
    public void GoBack()
    {
        _next = _end;
        if (!IsMerged)
        {
            (LastSequence, Missing) = _before;
        }
    }

    /// <summary>Moves to the next new event of the open batch; false after the last one.</summary>
    /// <param name="isBookInSync">Whether the book kept of this stream is in sync after the events so far; only two lines
    /// ask.</param>
    public bool MoveNext(bool isBookInSync = true)
    {
        if (_arbiter is not null)
        {
            return MoveMerged(_arbiter, isBookInSync);
        }

        while (_next < _end)
        {
            if (Takes(in _batch!.Events.ItemRef(_next++)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether an event of one line is new; then it counts as taken. For events that come one by one, without batches, as those
    /// of a tape do.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Takes(in MarketEvent marketEvent)
    {
        if (marketEvent.Sequence != LastSequence + 1)
        {
            return TakesOutOfSequence(marketEvent.Sequence);
        }

        LastSequence++;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TakesOutOfSequence(long sequence)
    {
        if (sequence <= LastSequence)
        {
            if (_isForwarded && sequence == 0)
            {
                return true;
            }

            Repeats++;
            return false;
        }

        Missing += LastSequence == 0 ? 0 : sequence - LastSequence - 1;
        LastSequence = sequence;
        return true;
    }

    private bool MoveMerged(LineArbiter arbiter, bool isBookInSync)
    {
        MergedEvent merged;
        while (!arbiter.TryTake(out merged))
        {
            if (_next == _end)
            {
                return false;
            }

            ref readonly var offered = ref _batch!.Events.ItemRef(_next++);
            arbiter.Offer(_batch.Line, in offered, _batch.LevelMemoryOf(in offered), isBookInSync);
        }

        (_merged, _mergedLevels) = merged;
        LastSequence = _merged.Sequence;
        return true;
    }
}
