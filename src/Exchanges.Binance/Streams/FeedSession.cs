using BtcAgent.Exchanges.Binance.Frames;
using BtcAgent.Exchanges.Binance.Rest;
using BtcAgent.Exchanges.Binance.Tapes;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Exchanges.Binance.Streams;

/// <summary>
/// One run of the feed: turns frames into numbered events. Survives reconnects, so that the sequence numbers continue.
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
    /// <summary>Delivers a batch after this many events, however fast frames arrive.</summary>
    private const int FlushEvents = 256;

    private readonly BinanceFrameParser _parser = new(instrument.Symbol);
    private readonly UpdateContinuity _continuity = new();
    private long _sequence;
    private int _unflushed;

    public bool MustFlush => _unflushed >= FlushEvents;

    public Task? PendingSnapshot => snapshots.Pending;

    public void Start(CancellationToken cancellationToken) => snapshots.Request(cancellationToken);

    /// <summary>A second connection takes over: drops what it repeats.</summary>
    public void TakeOver() => _continuity.Overlap();

    /// <summary>The server of the current connection has announced its shutdown.</summary>
    public bool IsShutdownAnnounced { get; private set; }

    /// <summary>Takes a frame of the stream. Requests a snapshot when the book's updates have a gap.</summary>
    public void Take(ReadOnlySpan<byte> frame, CancellationToken cancellationToken)
    {
        metrics.Frame();
        IsShutdownAnnounced = false;
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

    /// <summary>Delivers a snapshot that has arrived, or requests a newer one when the deltas do not continue it.</summary>
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
                IsShutdownAnnounced = true;
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
