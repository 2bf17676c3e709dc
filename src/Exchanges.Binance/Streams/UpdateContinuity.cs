namespace BtcAgent.Exchanges.Binance.Streams;

/// <summary>
/// Follows the ids of one feed, so that the feed knows when it needs a new snapshot, and drops what a second connection
/// repeats. The rule is that of Binance's "How to manage a local order book correctly": each delta starts at or before the
/// id after the last one.
/// </summary>
internal sealed class UpdateContinuity
{
    private bool _inStep;
    private long _lastUpdateId;
    private long _pendingFrom;
    private long _pendingTo;
    private long _lastTradeId;
    private long _lastQuoteId;
    private bool _tradesOverlap;
    private bool _quotesOverlap;

    /// <summary>The connection was lost: ids may restart.</summary>
    public void Reset()
    {
        _inStep = _tradesOverlap = _quotesOverlap = false;
        _pendingFrom = _pendingTo = 0;
    }

    /// <summary>A second connection has taken over and repeats the last events of the first.</summary>
    public void Overlap() => _tradesOverlap = _quotesOverlap = true;

    /// <summary>Returns whether the event is a repeat, and remembers the ids of trades and quotes.</summary>
    public bool IsRepeat(in MarketEvent marketEvent) => marketEvent.Kind switch
    {
        MarketEventKind.Trade => IsRepeat(marketEvent.LastId, ref _lastTradeId, ref _tradesOverlap),
        MarketEventKind.Quote => IsRepeat(marketEvent.LastId, ref _lastQuoteId, ref _quotesOverlap),
        MarketEventKind.BookDelta => _inStep && marketEvent.LastId <= _lastUpdateId,
        _ => false,
    };

    /// <summary>True when updates are missing before this delta.</summary>
    public bool IsGap(in MarketEvent delta)
    {
        if (_inStep && delta.FirstId <= _lastUpdateId + 1)
        {
            _lastUpdateId = Math.Max(_lastUpdateId, delta.LastId);
            return false;
        }

        if (_inStep || _pendingFrom == 0 || delta.FirstId > _pendingTo + 1)
        {
            _pendingFrom = delta.FirstId;
        }

        _pendingTo = delta.LastId;
        var wasInStep = _inStep;
        _inStep = false;
        return wasInStep;
    }

    /// <summary>Returns false when the snapshot is older than the deltas that wait for it.</summary>
    public bool TryContinueFrom(in MarketEvent snapshot)
    {
        if (_pendingFrom > snapshot.LastId + 1)
        {
            return false;
        }

        _lastUpdateId = Math.Max(snapshot.LastId, _pendingTo);
        _pendingFrom = _pendingTo = 0;
        return _inStep = true;
    }

    private static bool IsRepeat(long id, ref long last, ref bool overlap)
    {
        if (overlap && id <= last)
        {
            return true;
        }

        overlap = false;
        last = id;
        return false;
    }
}
