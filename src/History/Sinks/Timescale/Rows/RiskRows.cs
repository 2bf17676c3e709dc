using System.Text.Json.Nodes;
using BtcAgent.Contracts.Wire.V1;

namespace BtcAgent.History.Sinks.Timescale.Rows;

/// <summary>Equity and what else is measured of a whole portfolio.</summary>
internal sealed class RiskRows : OneRow<PortfolioMark>
{
    public override string Table => "risk_metrics";

    protected override string Columns =>
        "event_time, portfolio, quote_asset, revision, cash, equity, high_water_mark, day_start_equity, realized_pnl, "
        + "unrealized_pnl, fees, exposure, fill_count, balances, log_offset";

    protected override void Check(PortfolioMark message)
    {
        WireValues.CheckTexts(message.Portfolio, message.QuoteAsset);
        WireValues.CheckJson(BalancesOf(message));
        foreach (var amount in Amounts(message))
        {
            _ = WireValues.Decimal(amount);
        }
    }

    protected override string? InstrumentOf(PortfolioMark message) => null;

    protected override long TimeOf(PortfolioMark message) => message.EventTime;

    protected override async Task WriteAsync(RowWriter writer, PortfolioMark message)
    {
        await writer.TextAsync(message.Portfolio);
        await writer.TextAsync(message.QuoteAsset);
        await writer.LongAsync(message.Revision);
        foreach (var amount in Amounts(message))
        {
            await writer.NumericAsync(WireValues.Decimal(amount));
        }

        await writer.NumericAsync(message.Positions.Where(position => position.HasMarkPrice)
            .Sum(position => Math.Abs(WireValues.Decimal(position.Quantity) * WireValues.Decimal(position.MarkPrice))));
        await writer.IntAsync(message.FillCount);
        await writer.JsonAsync(BalancesOf(message));
    }

    private static string BalancesOf(PortfolioMark message) => new JsonObject(
        message.Balances.Select(balance => KeyValuePair.Create(balance.Key, (JsonNode?)balance.Value))).ToJsonString();

    private static string[] Amounts(PortfolioMark message) =>
    [
        message.Cash, message.Equity, message.HighWaterMark, message.DayStartEquity, message.RealizedPnl, message.UnrealizedPnl, message.Fees,
    ];
}
