using BtcAgent.Contracts.Wire.V1;

namespace BtcAgent.History.Sinks.Timescale.Rows;

/// <summary>Signals, valid and refused.</summary>
internal sealed class SignalRows : OneRow<TradingSignal>
{
    public override string Table => "signals";

    protected override string Columns =>
        "event_time, instrument_id, strategy, model_id, model_hash, direction, score, confidence, expected_move_bps, refusals, log_offset";

    protected override void Check(TradingSignal message)
    {
        WireValues.CheckTexts(message.Instrument, message.Strategy, message.ModelId, message.ModelHash);
        WireValues.CheckTexts([.. message.Refusals]);
    }

    protected override string? InstrumentOf(TradingSignal message) => message.Instrument;

    protected override long TimeOf(TradingSignal message) => message.EventTime;

    protected override async Task WriteAsync(RowWriter writer, TradingSignal message)
    {
        await writer.InstrumentAsync(message.Instrument);
        await writer.TextAsync(message.Strategy);
        await writer.TextAsync(message.ModelId);
        await writer.TextAsync(message.ModelHash);
        await writer.SmallAsync(Math.Sign(message.Direction));
        await writer.DoubleAsync(message.Score);
        await writer.DoubleAsync(message.Confidence);
        await writer.DoubleAsync(message.ExpectedMoveBps);
        await writer.TextsAsync([.. message.Refusals]);
    }
}
