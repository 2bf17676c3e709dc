using System.Collections.Immutable;
using BtcAgent.Contracts.Wire.V1;

namespace BtcAgent.History.Datasets;

/// <summary>Trades of the market.</summary>
internal sealed class TradesDataset : MarketDataset
{
    public override string Name => "trades";

    protected override MarketEventKind Kind => MarketEventKind.Trade;

    protected override ImmutableArray<DatasetColumn> Event { get; } =
    [
        new("trade_id", ColumnType.Whole, "the venue's id"),
        new("price_e8", ColumnType.Units, "price"),
        new("quantity_e8", ColumnType.Units, "quantity"),
        new("aggressor", ColumnType.Text, "side that took liquidity: `BUY` or `SELL`"),
    ];

    protected override void Write(MarketEvent marketEvent, RowWriter rows) => rows
        .Whole(marketEvent.LastId).Whole(marketEvent.Price).Whole(marketEvent.Quantity).Text(Sides.Of(marketEvent.Aggressor) ?? "");
}
