namespace BtcAgent.Domain.Portfolios;

/// <summary>
/// Lots of one instrument, first in, first out. Keeps costs rather than prices, so that the closed part of a lot and its
/// remainder always add up to what was paid.
/// </summary>
internal sealed class Position(InstrumentId instrument, string baseAsset)
{
    /// <summary>Number of separate lots; beyond it the two oldest are merged at their average price.</summary>
    public const int LotsMax = 1_000;

    /// <summary>Closed lots at the head of the list that are taken out together.</summary>
    private const int ClosedMax = 256;

    private readonly List<Lot> _lots = [];
    private int _closed;

    public Position(PositionState state)
        : this(state.Instrument, state.BaseAsset)
    {
        _lots.AddRange(state.Lots);
        Quantity = _lots.Sum(lot => lot.Quantity);
        Cost = _lots.Sum(lot => lot.Cost);
        Mark = state.Mark;
        MarkedAt = state.MarkedAt;
        RealizedPnl = state.RealizedPnl;
    }

    public string BaseAsset => baseAsset;

    public decimal Quantity { get; private set; }

    public decimal Cost { get; private set; }

    public decimal? Mark { get; private set; }

    /// <summary>Event time of the mark.</summary>
    public Timestamp MarkedAt { get; private set; }

    public decimal RealizedPnl { get; private set; }

    public decimal Value => Quantity * (Mark ?? 0);

    public decimal UnrealizedPnl => Mark is { } mark ? (Quantity * mark) - Cost : 0;

    public void MarkAt(decimal price, Timestamp eventTime)
    {
        Mark = price;
        MarkedAt = eventTime;
    }

    /// <summary>Buys (positive) or sells (negative); closes the oldest lots first.</summary>
    public void Trade(decimal signedQuantity, decimal price, Timestamp eventTime)
    {
        var open = signedQuantity;
        while (open != 0 && _lots.Count > _closed && Math.Sign(_lots[_closed].Quantity) != Math.Sign(open))
        {
            open = CloseOldest(open, price);
        }

        if (open == 0)
        {
            return;
        }

        _lots.Add(new Lot(open, open * price, eventTime));
        Quantity += open;
        Cost += open * price;
        if (_lots.Count - _closed > LotsMax)
        {
            var (oldest, next) = (_lots[_closed], _lots[_closed + 1]);
            _lots[_closed + 1] = new Lot(oldest.Quantity + next.Quantity, oldest.Cost + next.Cost, oldest.OpenedAt);
            TakeOldestOut();
        }
    }

    public PositionSnapshot Snapshot() => new()
    {
        Instrument = instrument,
        Quantity = Quantity,
        AveragePrice = Quantity == 0 ? null : Cost / Quantity,
        MarkPrice = Mark,
        RealizedPnl = RealizedPnl,
        UnrealizedPnl = UnrealizedPnl,
    };

    public PositionState ToState() => new()
    {
        Instrument = instrument,
        BaseAsset = baseAsset,
        Mark = Mark,
        RealizedPnl = RealizedPnl,
        Lots = [.. _lots.Skip(_closed)],
        MarkedAt = MarkedAt,
    };

    private decimal CloseOldest(decimal open, decimal price)
    {
        var lot = _lots[_closed];
        var whole = Math.Abs(open) >= Math.Abs(lot.Quantity);
        var closed = whole ? lot.Quantity : -open;

        // Rounded to 1e-8 so that sums fit in decimal's 28 digits; the rounding difference remains in the lot.
        var cost = whole ? lot.Cost : decimal.Round(lot.Cost * (closed / lot.Quantity), 8);
        RealizedPnl += (closed * price) - cost;
        Quantity -= closed;
        Cost -= cost;
        if (whole)
        {
            TakeOldestOut();
        }
        else
        {
            _lots[_closed] = lot with { Quantity = lot.Quantity - closed, Cost = lot.Cost - cost };
        }

        return open + closed;
    }

    private void TakeOldestOut()
    {
        if (++_closed == ClosedMax || _closed == _lots.Count)
        {
            _lots.RemoveRange(0, _closed);
            _closed = 0;
        }
    }
}
