using System.Collections.Immutable;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Domain.Facts;

/// <summary>The best levels of the rebuilt book at a sampling instant.</summary>
/// <param name="Instrument">The instrument.</param>
/// <param name="EventTime">The sampling instant.</param>
/// <param name="LastUpdateId">The venue's id of the last update applied.</param>
/// <param name="Bids">Best first.</param>
/// <param name="Asks">Best first.</param>
public sealed record BookFact(
    InstrumentId Instrument, Timestamp EventTime, long LastUpdateId, ImmutableArray<PriceLevel> Bids, ImmutableArray<PriceLevel> Asks) : Fact
{
    public override FactTopic Topic => FactTopic.OrderBook;

    public override string Key => Instrument.Key;

    public override Timestamp Time => EventTime;
}
