using System.Collections.Immutable;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using Google.Protobuf;

namespace BtcAgent.History.Datasets;

/// <summary>Positions of portfolios, a row for each instrument and instant.</summary>
internal sealed class PositionsDataset : Dataset
{
    public override string Name => "positions";

    public override FactTopic Topic => FactTopic.Positions;

    public override bool IsByInstrument => false;

    protected override ImmutableArray<DatasetColumn> Own { get; } =
    [
        new("portfolio", ColumnType.Text, "portfolio"),
        new("instrument", ColumnType.Text, "VENUE:SYMBOL"),
        new("revision", ColumnType.Whole, "grows with each fill, transfer and correction"),
        new("quantity", ColumnType.Amount, "base asset; negative is short", IsNullable: true),
        new("average_price", ColumnType.Amount, "average entry price", IsNullable: true),
        new("mark_price", ColumnType.Amount, "price of the valuation", IsNullable: true),
        new("realized_pnl", ColumnType.Amount, "before fees, quote asset", IsNullable: true),
        new("unrealized_pnl", ColumnType.Amount, "quote asset", IsNullable: true),
    ];

    internal override void Write(IMessage message, RowWriter rows)
    {
        var mark = (PortfolioMark)message;
        foreach (var position in mark.Positions)
        {
            rows.Begin("", mark.EventTime).Text(mark.Portfolio).Text(position.Instrument).Whole(mark.Revision).AmountOrNull(position.Quantity)
                .AmountOrNull(position.HasAveragePrice ? position.AveragePrice : null).AmountOrNull(position.HasMarkPrice ? position.MarkPrice : null)
                .AmountOrNull(position.RealizedPnl).AmountOrNull(position.UnrealizedPnl).End();
        }
    }
}
