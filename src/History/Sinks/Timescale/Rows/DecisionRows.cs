using System.Text.Json.Nodes;
using BtcAgent.Contracts.Wire.V1;

namespace BtcAgent.History.Sinks.Timescale.Rows;

/// <summary>Risk decisions with their whole record.</summary>
internal sealed class DecisionRows : OneRow<RiskDecision>
{
    public override string Table => "decisions";

    protected override string Columns =>
        "event_time, decision_id, portfolio, instrument_id, strategy, model_hash, outcome, target_position, current_position, "
        + "client_order_id, side, order_type, quantity_e8, limit_price_e8, stop_price_e8, summary, checks, record, log_offset";

    protected override void Check(RiskDecision message)
    {
        WireValues.CheckTexts(
            message.Id, message.Portfolio, message.Instrument, message.Strategy, message.ModelHash, message.Summary,
            message.Intent?.ClientOrderId ?? "", message.Intent?.Type ?? "");
        WireValues.CheckJson(message.RecordJson);
        WireValues.CheckJson(ChecksOf(message));
        _ = WireValues.Decimal(message.TargetPosition);
        _ = WireValues.Decimal(message.CurrentPosition);
    }

    protected override string? InstrumentOf(RiskDecision message) => message.Instrument;

    protected override long TimeOf(RiskDecision message) => message.EventTime;

    protected override async Task WriteAsync(RowWriter writer, RiskDecision message)
    {
        await writer.TextAsync(message.Id);
        await writer.TextAsync(message.Portfolio);
        await writer.InstrumentAsync(message.Instrument);
        await writer.TextAsync(message.Strategy);
        await writer.TextAsync(message.ModelHash);
        await writer.TextAsync(message.Outcome.ToString().ToLowerInvariant());
        await writer.NumericAsync(WireValues.Decimal(message.TargetPosition));
        await writer.NumericAsync(WireValues.Decimal(message.CurrentPosition));
        await WriteIntentAsync(writer, message.Intent);
        await writer.TextAsync(message.Summary);
        await writer.JsonAsync(ChecksOf(message));
        await writer.JsonAsync(message.RecordJson);
    }

    private static async Task WriteIntentAsync(RowWriter writer, OrderIntent? intent)
    {
        await (intent is null ? writer.NullAsync() : writer.TextAsync(intent.ClientOrderId));
        await (intent is null ? writer.NullAsync() : writer.SmallAsync(WireValues.Sign(intent.Side)));
        await (intent is null ? writer.NullAsync() : writer.TextAsync(intent.Type));
        await writer.LongAsync(intent is not null, intent?.Quantity ?? 0);
        await writer.LongAsync(intent is { HasLimitPrice: true }, intent?.LimitPrice ?? 0);
        await writer.LongAsync(intent is { HasStopPrice: true }, intent?.StopPrice ?? 0);
    }

    /// <summary>Value and limit as text, which keeps their digits.</summary>
    private static string ChecksOf(RiskDecision message) => new JsonArray([.. message.Checks.Select(check => (JsonNode)new JsonObject
    {
        ["code"] = check.Code,
        ["passed"] = check.Passed,
        ["value"] = check.HasValue ? check.Value : null,
        ["limit"] = check.HasLimit ? check.Limit : null,
    })]).ToJsonString();
}
