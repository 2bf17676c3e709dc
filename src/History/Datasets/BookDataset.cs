using System.Collections.Immutable;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using Google.Protobuf;

namespace BtcAgent.History.Datasets;

/// <summary>Best levels of the rebuilt book at sampling instants.</summary>
internal sealed class BookDataset : Dataset
{
    public override string Name => "book";

    public override FactTopic Topic => FactTopic.OrderBook;

    protected override ImmutableArray<DatasetColumn> Own { get; } =
    [
        new("last_update_id", ColumnType.Whole, "the venue's id of the last update applied"),
        new("bid_prices_e8", ColumnType.UnitsList, "bid prices, best first"),
        new("bid_quantities_e8", ColumnType.UnitsList, "quantities of these levels"),
        new("ask_prices_e8", ColumnType.UnitsList, "ask prices, best first"),
        new("ask_quantities_e8", ColumnType.UnitsList, "quantities of these levels"),
    ];

    internal override void Write(IMessage message, RowWriter rows)
    {
        var book = (BookDepth)message;
        rows.Begin(book.Instrument, book.EventTime).Whole(book.LastUpdateId)
            .List(book.BidPrices).List(book.BidQuantities).List(book.AskPrices).List(book.AskQuantities).End();
    }
}
