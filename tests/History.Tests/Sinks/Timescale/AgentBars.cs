using System.Globalization;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.History.Tests.Sinks.Timescale;

/// <summary>The bars that the agent's own builder makes of trades, the open one included, as lines to compare with rows.</summary>
internal static class AgentBars
{
    public static List<string> Of(IEnumerable<MarketEvent> trades, TimeSpan interval)
    {
        var builder = new BarBuilder(interval);
        var bars = new List<Bar>();
        foreach (var trade in trades)
        {
            builder.OnTrade(trade.EventTime, trade.Price, trade.Quantity, trade.Aggressor);
            while (builder.TryTakeClosed(out var bar))
            {
                bars.Add(bar);
            }
        }

        Assert.Equal(0, builder.LateTrades);
        bars.Add(builder.Current);

        // A minute without trades has no row.
        return [.. bars.Where(bar => !bar.IsEmpty).Select(Line)];
    }

    /// <summary>The same statement for every size: zeros at the end of a number do not count.</summary>
    public static string Query(string view) => $"""
        SELECT to_char(open_time AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), trim_scale(open), trim_scale(high), trim_scale(low),
            trim_scale(close), trim_scale(volume), trim_scale(buy_volume), trim_scale(quote_volume), trade_count
        FROM trading.{view} WHERE instrument = 'BINANCE:BTCUSDT' ORDER BY open_time
        """;

    private static string Line(Bar bar) => string.Join('|',
        bar.OpenTime.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        Trim(bar.Open.ToDecimal()), Trim(bar.High.ToDecimal()), Trim(bar.Low.ToDecimal()), Trim(bar.Close.ToDecimal()),
        Trim(bar.Volume.ToDecimal()), Trim(bar.BuyVolume.ToDecimal()), Trim(bar.QuoteVolume),
        bar.TradeCount.ToString(CultureInfo.InvariantCulture));

    private static string Trim(decimal value) =>
        (value / 1.0000000000000000000000000000m).ToString("0.################", CultureInfo.InvariantCulture);
}
