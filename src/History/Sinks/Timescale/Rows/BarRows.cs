using BtcAgent.Contracts.Wire.V1;

namespace BtcAgent.History.Sinks.Timescale.Rows;

/// <summary>The bars that the agent's features saw.</summary>
internal sealed class BarRows : OneRow<ClosedBar>
{
    private const long NsPerMs = 1_000_000;

    public override string Table => "bars";

    protected override string Columns =>
        "open_time, instrument_id, interval_ms, open_e8, high_e8, low_e8, close_e8, "
        + "volume_e8, buy_volume_e8, quote_volume, trade_count, log_offset";

    protected override void Check(ClosedBar message)
    {
        WireValues.CheckTexts(message.Instrument);
        _ = WireValues.Decimal(message.QuoteVolume);
    }

    protected override string? InstrumentOf(ClosedBar message) => message.Instrument;

    protected override long TimeOf(ClosedBar message) => message.OpenTime;

    protected override async Task WriteAsync(RowWriter writer, ClosedBar message)
    {
        await writer.InstrumentAsync(message.Instrument);
        await writer.LongAsync(message.Interval / NsPerMs);
        await writer.LongAsync(message.Open);
        await writer.LongAsync(message.High);
        await writer.LongAsync(message.Low);
        await writer.LongAsync(message.Close);
        await writer.LongAsync(message.Volume);
        await writer.LongAsync(message.BuyVolume);
        await writer.NumericAsync(WireValues.Decimal(message.QuoteVolume));
        await writer.IntAsync(message.TradeCount);
    }
}
