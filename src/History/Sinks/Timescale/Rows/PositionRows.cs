using BtcAgent.Contracts.Wire.V1;

namespace BtcAgent.History.Sinks.Timescale.Rows;

/// <summary>One row for each position of a portfolio's mark.</summary>
internal sealed class PositionRows : TableRows
{
    public override string Table => "positions";

    protected override string Columns =>
        "event_time, portfolio, instrument_id, revision, quantity, average_price, mark_price, realized_pnl, unrealized_pnl, log_offset";

    public override void Check(in FactRecord fact)
    {
        var mark = (PortfolioMark)fact.Message;
        foreach (var position in mark.Positions)
        {
            WireValues.CheckTexts(position.Instrument);
            _ = WireValues.Decimal(position.Quantity);
            _ = WireValues.Decimal(position.RealizedPnl);
            _ = WireValues.Decimal(position.UnrealizedPnl);
            _ = position.HasAveragePrice ? WireValues.Decimal(position.AveragePrice) : 0;
            _ = position.HasMarkPrice ? WireValues.Decimal(position.MarkPrice) : 0;
        }
    }

    public override void AddInstruments(in FactRecord fact, ISet<string> keys)
    {
        foreach (var position in ((PortfolioMark)fact.Message).Positions)
        {
            keys.Add(position.Instrument);
        }
    }

    public override void VisitTimes(in FactRecord fact, Action<long> visit) => visit(TimeOf(fact));

    public override async Task WriteAsync(RowWriter writer, FactRecord fact)
    {
        var mark = (PortfolioMark)fact.Message;
        foreach (var position in mark.Positions)
        {
            await writer.RowAsync();
            await writer.TimeAsync(TimeOf(fact));
            await writer.TextAsync(mark.Portfolio);
            await writer.InstrumentAsync(position.Instrument);
            await writer.LongAsync(mark.Revision);
            await writer.NumericAsync(WireValues.Decimal(position.Quantity));
            await writer.NumericAsync(position.HasAveragePrice, position.AveragePrice);
            await writer.NumericAsync(position.HasMarkPrice, position.MarkPrice);
            await writer.NumericAsync(WireValues.Decimal(position.RealizedPnl));
            await writer.NumericAsync(WireValues.Decimal(position.UnrealizedPnl));
            await writer.LongAsync(fact.Offset);
        }
    }

    private static long TimeOf(in FactRecord fact) => WireValues.TimeOf(((PortfolioMark)fact.Message).EventTime, fact);
}
