using BtcAgent.Contracts.Wire.V1;

namespace BtcAgent.History.Sinks.Timescale.Rows;

/// <summary>The agent's fills.</summary>
internal sealed class TradeRows : OneRow<TradeExecution>
{
    public override string Table => "trades";

    protected override string Columns =>
        "event_time, trade_id, client_order_id, portfolio, instrument_id, side, price_e8, quantity_e8, fee, fee_asset, is_maker, log_offset";

    protected override void Check(TradeExecution message)
    {
        WireValues.CheckTexts(message.TradeId, message.ClientOrderId, message.Portfolio, message.Instrument, message.FeeAsset);
        _ = WireValues.Decimal(message.Fee);
    }

    protected override string? InstrumentOf(TradeExecution message) => message.Instrument;

    protected override long TimeOf(TradeExecution message) => message.EventTime;

    protected override async Task WriteAsync(RowWriter writer, TradeExecution message)
    {
        await writer.TextAsync(message.TradeId);
        await writer.TextAsync(message.ClientOrderId);
        await writer.TextAsync(message.Portfolio);
        await writer.InstrumentAsync(message.Instrument);
        await writer.SmallAsync(WireValues.Sign(message.Side));
        await writer.LongAsync(message.Price);
        await writer.LongAsync(message.Quantity);
        await writer.NumericAsync(WireValues.Decimal(message.Fee));
        await writer.TextAsync(message.FeeAsset);
        await writer.BoolAsync(message.IsMaker);
    }
}
