namespace BtcAgent.Domain.Portfolios;

/// <summary>
/// Lots of one instrument, first in, first out. Keeps costs rather than prices, so that the closed part of a lot and its
/// remainder always add up to what was paid.
/// </summary>
internal sealed class Position(InstrumentId instrument, string baseAsset)
{
    /// <summary>Number of separate lots; beyond it the two oldest are merged at their average price.</summary>
    public const int LotsMax = 1_000;

    private readonly List<Lot> _lots = [];

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
        while (open != 0 && _lots.Count > 0 && Math.Sign(_lots[0].Quantity) != Math.Sign(open))
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
        if (_lots.Count > LotsMax)
        {
            _lots[1] = new Lot(
                _lots[0].Quantity + _lots[1].Quantity, _lots[0].Cost + _lots[1].Cost, _lots[0].OpenedAt);
            _lots.RemoveAt(0);
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
        Lots = [.. _lots],
        MarkedAt = MarkedAt,
    };

    private decimal CloseOldest(decimal open, decimal price)
    {
        var lot = _lots[0];
        var whole = Math.Abs(open) >= Math.Abs(lot.Quantity);
        var closed = whole ? lot.Quantity : -open;

        // Rounded to 1e-8 so that sums fit in decimal's 28 digits; the rounding difference remains in the lot.
        var cost = whole ? lot.Cost : decimal.Round(lot.Cost * (closed / lot.Quantity), 8);
        RealizedPnl += (closed * price) - cost;
        Quantity -= closed;
        Cost -= cost;
        if (whole)
        {
            _lots.RemoveAt(0);
        }
        else
        {
            _lots[0] = lot with { Quantity = lot.Quantity - closed, Cost = lot.Cost - cost };
        }

        return open + closed;
    }
}
