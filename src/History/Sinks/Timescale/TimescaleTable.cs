namespace BtcAgent.History.Sinks.Timescale;

/// <summary>A table that is divided by time.</summary>
/// <param name="Name">Name in schema <c>trading</c>.</param>
/// <param name="IsDaily">Whether a native partition is a day; else it is a month.</param>
/// <param name="Chunk">Time of a chunk of TimescaleDB.</param>
/// <param name="Retention">How long rows are kept; null keeps all.</param>
internal sealed record TimescaleTable(string Name, bool IsDaily, TimeSpan Chunk, TimeSpan? Retention)
{
    public static IReadOnlyList<TimescaleTable> All(TimescaleOptions options)
    {
        var market = TimeSpan.FromHours(options.MarketChunkHours);
        var decision = TimeSpan.FromDays(options.DecisionChunkDays);
        var trading = TimeSpan.FromDays(options.TradingChunkDays);
        return
        [
            new("market_data", true, market, Days(options.MarketDataRetentionDays)),
            new("order_book", true, market, Days(options.OrderBookRetentionDays)),
            new("features", true, market, Days(options.FeaturesRetentionDays)),
            new("signals", false, decision, Days(options.SignalsRetentionDays)),
            new("decisions", false, decision, null),
            new("bars", false, trading, Days(options.BarsRetentionDays)),
            new("orders", false, trading, null),
            new("trades", false, trading, null),
            new("positions", false, trading, null),
            new("risk_metrics", false, trading, Days(options.RiskMetricsRetentionDays)),
            new("latency", false, trading, Days(options.LatencyRetentionDays)),
            new("posts", false, trading, Days(options.PostsRetentionDays)),
            new("sentiment", false, trading, Days(options.SentimentRetentionDays)),
        ];
    }

    private static TimeSpan? Days(int days) => days == 0 ? null : TimeSpan.FromDays(days);
}
