namespace BtcAgent.Exchanges.Simulator.Markets;

/// <summary>One minute of trades.</summary>
internal sealed class VenueKline(long openTimeMs, in VenueTrade first)
{
    public const long IntervalMs = 60_000;

    public long OpenTimeMs { get; } = openTimeMs;

    public long CloseTimeMs => OpenTimeMs + IntervalMs - 1;

    public long FirstId { get; } = first.Id;

    public long LastId { get; private set; } = first.Id;

    public Price Open { get; } = first.Price;

    public Price High { get; private set; } = first.Price;

    public Price Low { get; private set; } = first.Price;

    public Price Close { get; private set; } = first.Price;

    public decimal Volume { get; private set; }

    public decimal QuoteVolume { get; private set; }

    public decimal TakerBuyVolume { get; private set; }

    public decimal TakerBuyQuoteVolume { get; private set; }

    /// <summary>True once the complete minute has been sent, marked as closed.</summary>
    public bool IsClosedSent { get; set; }

    public int Trades { get; private set; }

    public void Add(in VenueTrade trade)
    {
        LastId = trade.Id;
        High = trade.Price > High ? trade.Price : High;
        Low = trade.Price < Low ? trade.Price : Low;
        Close = trade.Price;
        Trades++;
        Volume += trade.Quantity.ToDecimal();
        QuoteVolume += trade.Price.Times(trade.Quantity);
        if (!trade.BuyerIsMaker)
        {
            TakerBuyVolume += trade.Quantity.ToDecimal();
            TakerBuyQuoteVolume += trade.Price.Times(trade.Quantity);
        }
    }
}
