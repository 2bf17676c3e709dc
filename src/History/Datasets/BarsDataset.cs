using System.Collections.Immutable;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using Google.Protobuf;

namespace BtcAgent.History.Datasets;

/// <summary>Closed bars, as the agent's features saw them; the event time is the closing time.</summary>
internal sealed class BarsDataset : Dataset
{
    private const long NanosPerMilli = 1_000_000;

    public override string Name => "bars";

    public override FactTopic Topic => FactTopic.Bars;

    protected override ImmutableArray<DatasetColumn> Own { get; } =
    [
        new("open_time", ColumnType.Time, "beginning of the interval; the event time is its end"),
        new("interval_ms", ColumnType.Whole, "length, ms"),
        new("open_e8", ColumnType.Units, "first price"),
        new("high_e8", ColumnType.Units, "highest price"),
        new("low_e8", ColumnType.Units, "lowest price"),
        new("close_e8", ColumnType.Units, "last price"),
        new("volume_e8", ColumnType.Units, "traded quantity"),
        new("buy_volume_e8", ColumnType.Units, "quantity of trades whose taker bought; imported bars may lack it", IsNullable: true),
        new("quote_volume", ColumnType.Amount, "traded quantity times price, in the quote asset", IsNullable: true),
        new("trade_count", ColumnType.Whole, "trades; 0: all prices are the last close; imported bars may lack it", IsNullable: true),
    ];

    internal override void Write(IMessage message, RowWriter rows)
    {
        var bar = (ClosedBar)message;
        rows.Begin(bar.Instrument, bar.OpenTime + bar.Interval).TimeOnly(bar.OpenTime).Whole(bar.Interval / NanosPerMilli)
            .Whole(bar.Open).Whole(bar.High).Whole(bar.Low).Whole(bar.Close).Whole(bar.Volume)
            .WholeOrNull(bar.BuyVolume >= 0, bar.BuyVolume).AmountOrNull(bar.QuoteVolume).WholeOrNull(bar.TradeCount >= 0, bar.TradeCount).End();
    }
}
