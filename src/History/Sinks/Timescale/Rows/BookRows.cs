using BtcAgent.Contracts.Wire.V1;

namespace BtcAgent.History.Sinks.Timescale.Rows;

/// <summary>The best levels of the book at sampling instants.</summary>
internal sealed class BookRows : OneRow<BookDepth>
{
    public override string Table => "order_book";

    protected override string Columns =>
        "event_time, instrument_id, last_update_id, bid_price_e8, ask_price_e8, "
        + "bid_prices_e8, bid_quantities_e8, ask_prices_e8, ask_quantities_e8, log_offset";

    protected override void Check(BookDepth message) => WireValues.CheckTexts(message.Instrument);

    protected override string? InstrumentOf(BookDepth message) => message.Instrument;

    protected override long TimeOf(BookDepth message) => message.EventTime;

    protected override async Task WriteAsync(RowWriter writer, BookDepth message)
    {
        await writer.InstrumentAsync(message.Instrument);
        await writer.LongAsync(message.LastUpdateId);
        await writer.LongAsync(message.BidPrices.Count > 0, message.BidPrices.FirstOrDefault());
        await writer.LongAsync(message.AskPrices.Count > 0, message.AskPrices.FirstOrDefault());
        await writer.LongsAsync([.. message.BidPrices]);
        await writer.LongsAsync([.. message.BidQuantities]);
        await writer.LongsAsync([.. message.AskPrices]);
        await writer.LongsAsync([.. message.AskQuantities]);
    }
}
