using System.Collections.Immutable;
using BtcAgent.Contracts.Wire.V1;

namespace BtcAgent.History.Datasets;

/// <summary>Best bid and ask as the venue sends them.</summary>
internal sealed class QuotesDataset : MarketDataset
{
    public override string Name => "quotes";

    protected override MarketEventKind Kind => MarketEventKind.Quote;

    protected override ImmutableArray<DatasetColumn> Event { get; } =
    [
        new("update_id", ColumnType.Whole, "the venue's id of the book update"),
        new("bid_price_e8", ColumnType.Units, "best bid"),
        new("bid_quantity_e8", ColumnType.Units, "quantity at the best bid"),
        new("ask_price_e8", ColumnType.Units, "best ask"),
        new("ask_quantity_e8", ColumnType.Units, "quantity at the best ask"),
    ];

    protected override void Write(MarketEvent marketEvent, RowWriter rows) => rows
        .Whole(marketEvent.LastId).Whole(marketEvent.Price).Whole(marketEvent.Quantity).Whole(marketEvent.AskPrice).Whole(marketEvent.AskQuantity);
}
