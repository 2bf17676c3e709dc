using System.Collections.Immutable;
using System.Text.Json;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using Google.Protobuf;

namespace BtcAgent.History.Datasets;

/// <summary>Equity of portfolios.</summary>
internal sealed class EquityDataset : Dataset
{
    public override string Name => "equity";

    public override FactTopic Topic => FactTopic.Positions;

    public override bool IsByInstrument => false;

    protected override ImmutableArray<DatasetColumn> Own { get; } =
    [
        new("portfolio", ColumnType.Text, "portfolio"),
        new("quote_asset", ColumnType.Text, "asset of all amounts", IsNullable: true),
        new("revision", ColumnType.Whole, "grows with each fill, transfer and correction"),
        new("cash", ColumnType.Amount, "money that is not in positions", IsNullable: true),
        new("equity", ColumnType.Amount, "cash and positions at their marks", IsNullable: true),
        new("high_water_mark", ColumnType.Amount, "highest equity", IsNullable: true),
        new("day_start_equity", ColumnType.Amount, "equity at the beginning of the UTC day", IsNullable: true),
        new("realized_pnl", ColumnType.Amount, "before fees", IsNullable: true),
        new("unrealized_pnl", ColumnType.Amount, "of open positions", IsNullable: true),
        new("fees", ColumnType.Amount, "fees paid", IsNullable: true),
        new("fill_count", ColumnType.Whole, "fills until now"),
        new("balances_json", ColumnType.Text, "amount of each asset", IsNullable: true),
    ];

    internal override void Write(IMessage message, RowWriter rows)
    {
        var mark = (PortfolioMark)message;
        rows.Begin("", mark.EventTime).Text(mark.Portfolio).TextOrNull(mark.QuoteAsset).Whole(mark.Revision).AmountOrNull(mark.Cash)
            .AmountOrNull(mark.Equity).AmountOrNull(mark.HighWaterMark).AmountOrNull(mark.DayStartEquity).AmountOrNull(mark.RealizedPnl)
            .AmountOrNull(mark.UnrealizedPnl).AmountOrNull(mark.Fees).Whole(mark.FillCount)
            .TextOrNull(mark.Balances.Count == 0 ? null : JsonSerializer.Serialize(new SortedDictionary<string, string>(mark.Balances, StringComparer.Ordinal)))
            .End();
    }
}
