using System.Collections.Immutable;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using Google.Protobuf;

namespace BtcAgent.History.Datasets;

/// <summary>Fills of the agent's orders.</summary>
internal sealed class FillsDataset : Dataset
{
    public override string Name => "fills";

    public override FactTopic Topic => FactTopic.Executions;

    protected override ImmutableArray<DatasetColumn> Own { get; } =
    [
        new("trade_id", ColumnType.Text, "unique per instrument and venue"),
        new("client_order_id", ColumnType.Text, "order that it belongs to"),
        new("portfolio", ColumnType.Text, "portfolio"),
        new("side", ColumnType.Text, "`BUY` or `SELL`", IsNullable: true),
        new("price_e8", ColumnType.Units, "price"),
        new("quantity_e8", ColumnType.Units, "quantity"),
        new("fee", ColumnType.Amount, "fee, in `fee_asset`", IsNullable: true),
        new("fee_asset", ColumnType.Text, "asset of the fee", IsNullable: true),
        new("is_maker", ColumnType.Flag, "the order rested in the book"),
    ];

    internal override void Write(IMessage message, RowWriter rows)
    {
        var fill = (TradeExecution)message;
        rows.Begin(fill.Instrument, fill.EventTime).Text(fill.TradeId).Text(fill.ClientOrderId).Text(fill.Portfolio)
            .TextOrNull(Sides.Of(fill.Side)).Whole(fill.Price).Whole(fill.Quantity).AmountOrNull(fill.Fee).TextOrNull(fill.FeeAsset)
            .Flag(fill.IsMaker).End();
    }
}
