using BtcAgent.Exchanges.Binance.Frames;
using BtcAgent.Exchanges.Binance.Rest;
using BtcAgent.Exchanges.Binance.Tapes;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Exchanges.Binance.Streams;

/// <summary>
/// One run of the feed: frames in, numbered events out. Lives over reconnects, so that the sequence goes on.
/// </summary>
internal sealed partial class FeedSession(
    InstrumentId instrument,
    IMarketEventSink sink,
    SnapshotFetcher snapshots,
    BinanceRestClient rest,
    TapeRecorder? recorder,
    FeedMetrics metrics,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>Events handed on at the latest, however fast frames follow each other.</summary>
    private const int FlushEvents = 256;

    private readonly BinanceFrameParser _parser = new(instrument.Symbol);
    private readonly UpdateContinuity _continuity = new();
    private long _sequence;
    private int _unflushed;

    public bool MustFlush => _unflushed >= FlushEvents;

    public Task? PendingSnapshot => snapshots.Pending;

    public void Start(CancellationToken cancellationToken) => snapshots.Request(cancellationToken);

    /// <summary>A second connection takes over: what it repeats is dropped.</summary>
    public void TakeOver() => _continuity.Overlap();

    /// <summary>The server that is read from shuts down soon.</summary>
    public bool IsToldToLeave { get; private set; }

    /// <summary>A frame of the stream. A gap in the book's updates asks for a snapshot.</summary>
    public void Take(ReadOnlySpan<byte> frame, CancellationToken cancellationToken)
    {
        metrics.Frame();
        IsToldToLeave = false;
        if (!TryRead(frame, out var marketEvent) || _continuity.IsRepeat(marketEvent))
        {
            return;
        }

        if (marketEvent.Kind == MarketEventKind.BookDelta && _continuity.IsGap(marketEvent))
        {
            metrics.Gap();
            LogGap(logger, instrument, marketEvent.FirstId);
            snapshots.Request(cancellationToken);
        }

        HandOn(marketEvent);
    }

    /// <summary>Hands on a snapshot that has arrived, or asks for a newer one when the deltas don't continue it.</summary>
    public void TakeSnapshot(CancellationToken cancellationToken)
    {
        if (!snapshots.TryTake(out var json))
        {
            return;
        }

        metrics.Snapshot(rest.Budget.Used);
        if (!TryRead(json, out var snapshot))
        {
            snapshots.Request(cancellationToken);
            return;
        }

        if (!_continuity.TryContinueFrom(snapshot))
        {
            LogOldSnapshot(logger, instrument, snapshot.LastId);
            snapshots.Request(cancellationToken);
            return;
        }

        HandOn(snapshot);
    }

    public void Interrupt()
    {
        metrics.Reconnect();
        snapshots.Forget();
        _continuity.Reset();
        var now = Now();
        recorder?.Append(now, TapeRecorder.Interruption);
        _sequence++;
        _unflushed++;
        sink.Accept(
            new MarketEvent { Kind = MarketEventKind.FeedInterrupted, Sequence = _sequence, ReceiveTime = now }, []);
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_unflushed == 0)
        {
            return ValueTask.CompletedTask;
        }

        _unflushed = 0;
        return sink.FlushAsync(cancellationToken);
    }

    private bool TryRead(ReadOnlySpan<byte> frame, out MarketEvent marketEvent)
    {
        var now = Now();
        recorder?.Append(now, frame);
        switch (_parser.Parse(frame, now, _sequence + 1, out marketEvent))
        {
            case FrameOutcome.Event:
                return true;
            case FrameOutcome.ServerShutdown:
                IsToldToLeave = true;
                return false;
            case FrameOutcome.OtherSymbol:
                metrics.OtherSymbol();
                return false;
            case FrameOutcome.Unknown or FrameOutcome.Malformed:
                metrics.Refusal();
                sink.Refuse(_parser.Reason);
                return false;
            default:
                return false;
        }
    }

    private void HandOn(in MarketEvent marketEvent)
    {
        _sequence++;
        _unflushed++;
        sink.Accept(marketEvent, _parser.Levels);
    }

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
