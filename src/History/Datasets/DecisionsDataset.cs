using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using Google.Protobuf;

namespace BtcAgent.History.Datasets;

/// <summary>Risk decisions with their complete record.</summary>
internal sealed class DecisionsDataset : Dataset
{
    public override string Name => "decisions";

    public override FactTopic Topic => FactTopic.Decisions;

    /// <summary>A record has several kilobytes.</summary>
    internal override int RowGroupRows => 20_480;

    protected override ImmutableArray<DatasetColumn> Own { get; } =
    [
        new("id", ColumnType.Text, "id of the decision"),
        new("portfolio", ColumnType.Text, "portfolio"),
        new("strategy", ColumnType.Text, "strategy"),
        new("outcome", ColumnType.Text, "`APPROVED`, `HOLD` or `REJECTED`"),
        new("target_position", ColumnType.Amount, "position aimed at, base asset", IsNullable: true),
        new("current_position", ColumnType.Amount, "position at the decision, base asset", IsNullable: true),
        new("failed_checks", ColumnType.Text, "codes of the risk checks that failed, separated by commas", IsNullable: true),
        new("summary", ColumnType.Text, "the reason in words", IsNullable: true),
        new("client_order_id", ColumnType.Text, "of the order, when approved", IsNullable: true),
        new("order_side", ColumnType.Text, "`BUY` or `SELL`", IsNullable: true),
        new("order_type", ColumnType.Text, "type of the order", IsNullable: true),
        new("order_quantity_e8", ColumnType.Units, "quantity of the order", IsNullable: true),
        new("order_limit_price_e8", ColumnType.Units, "limit price of the order", IsNullable: true),
        new("order_stop_price_e8", ColumnType.Units, "stop price of the order", IsNullable: true),
        new("model_hash", ColumnType.Text, "hash of the model's artefact", IsNullable: true),
        new("log_offset", ColumnType.Whole, "offset in `market_data` from which it can be replayed", IsNullable: true),
        new("input_sha256", ColumnType.Text, "SHA-256 of the sample in `record_json`, the input of the decision", IsNullable: true),
        new("record_json", ColumnType.Text, "the whole record: sample, signal, checks, order"),
    ];

    internal override void Write(IMessage message, RowWriter rows)
    {
        var decision = (RiskDecision)message;
        rows.Begin(decision.Instrument, decision.EventTime).Text(decision.Id).Text(decision.Portfolio).Text(decision.Strategy)
            .Text(decision.Outcome switch
            {
                RiskOutcome.Approved => "APPROVED",
                RiskOutcome.Hold => "HOLD",
                RiskOutcome.Rejected => "REJECTED",
                _ => "",
            })
            .AmountOrNull(decision.TargetPosition).AmountOrNull(decision.CurrentPosition)
            .TextOrNull(string.Join(',', decision.Checks.Where(check => !check.Passed).Select(check => check.Code)))
            .TextOrNull(decision.Summary);
        WriteOrder(decision.Intent, rows);
        rows.TextOrNull(decision.ModelHash).WholeOrNull(decision.Position is not null, decision.Position?.Offset ?? 0)
            .TextOrNull(HashOfSample(decision.RecordJson)).Text(decision.RecordJson).End();
    }

    private static void WriteOrder(OrderIntent? intent, RowWriter rows) => rows
        .TextOrNull(intent?.ClientOrderId).TextOrNull(intent is null ? null : Sides.Of(intent.Side)).TextOrNull(intent?.Type)
        .WholeOrNull(intent is not null, intent?.Quantity ?? 0)
        .WholeOrNull(intent is { HasLimitPrice: true }, intent?.LimitPrice ?? 0)
        .WholeOrNull(intent is { HasStopPrice: true }, intent?.StopPrice ?? 0);

    private static string? HashOfSample(string record)
    {
        try
        {
            using var json = JsonDocument.Parse(record);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("sample", out var sample)
                ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sample.GetRawText())))
                : null;
        }
        catch (JsonException)
        {
            return null; // The record is stored as it is.
        }
    }
}
