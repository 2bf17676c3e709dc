using System.Collections.Immutable;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using Google.Protobuf;

namespace BtcAgent.History.Datasets;

/// <summary>Signals, valid and refused.</summary>
internal sealed class SignalsDataset : Dataset
{
    public override string Name => "signals";

    public override FactTopic Topic => FactTopic.Signals;

    protected override ImmutableArray<DatasetColumn> Own { get; } =
    [
        new("strategy", ColumnType.Text, "name of the strategy"),
        new("model_id", ColumnType.Text, "rule or model that scored", IsNullable: true),
        new("model_hash", ColumnType.Text, "hash of its artefact", IsNullable: true),
        new("direction", ColumnType.Whole, "−1 short, 0 flat, 1 long"),
        new("score", ColumnType.Real, "score of the model"),
        new("confidence", ColumnType.Real, "0…1"),
        new("expected_move_bps", ColumnType.Real, "expected move, bps"),
        new("refusals", ColumnType.Text, "codes, separated by commas; null for a valid signal", IsNullable: true),
    ];

    internal override void Write(IMessage message, RowWriter rows)
    {
        var signal = (TradingSignal)message;
        rows.Begin(signal.Instrument, signal.EventTime).Text(signal.Strategy).TextOrNull(signal.ModelId).TextOrNull(signal.ModelHash)
            .Whole(signal.Direction).Real(signal.Score).Real(signal.Confidence).Real(signal.ExpectedMoveBps)
            .TextOrNull(string.Join(',', signal.Refusals)).End();
    }
}
