using BtcAgent.Contracts.Wire.V1;

namespace BtcAgent.History.Sinks.Timescale.Rows;

/// <summary>Feature samples.</summary>
internal sealed class FeatureRows : OneRow<FeatureVector>
{
    public override string Table => "features";

    protected override string Columns =>
        "event_time, receive_time, instrument_id, last_sequence, schema_hash, is_warm, book_in_sync, "
        + "bid_price_e8, ask_price_e8, vector, log_offset";

    protected override void Check(FeatureVector message) => WireValues.CheckTexts(message.Instrument);

    protected override string? InstrumentOf(FeatureVector message) => message.Instrument;

    protected override long TimeOf(FeatureVector message) => message.EventTime;

    protected override async Task WriteAsync(RowWriter writer, FeatureVector message)
    {
        await writer.TimeAsync(message.ReceiveTime);
        await writer.InstrumentAsync(message.Instrument);
        await writer.LongAsync(message.LastSequence);
        await writer.LongAsync(unchecked((long)message.SchemaHash));
        await writer.BoolAsync(message.IsWarm);
        await writer.BoolAsync(message.BookInSync);
        await writer.LongAsync(message.BidPrice);
        await writer.LongAsync(message.AskPrice);
        await writer.RealsAsync([.. message.Values]);
    }
}
