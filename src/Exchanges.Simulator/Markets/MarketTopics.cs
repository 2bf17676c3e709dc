namespace BtcAgent.Exchanges.Simulator.Markets;

/// <summary>The stream names of one symbol.</summary>
internal sealed class MarketTopics(string symbol)
{
    private readonly string _symbol = symbol.ToLowerInvariant();

    public string Trade { get; } = $"{symbol.ToLowerInvariant()}@trade";

    public string BookTicker { get; } = $"{symbol.ToLowerInvariant()}@bookTicker";

    public string DepthFast { get; } = $"{symbol.ToLowerInvariant()}@depth@100ms";

    public string Depth { get; } = $"{symbol.ToLowerInvariant()}@depth";

    public string Kline { get; } = $"{symbol.ToLowerInvariant()}@kline_1m";

    public string ReferencePrice { get; } = $"{symbol.ToLowerInvariant()}@referencePrice";

    public bool Contains(string topic) =>
        topic.StartsWith(_symbol, StringComparison.Ordinal)
        && (topic == Trade || topic == BookTicker || topic == DepthFast || topic == Depth || topic == Kline
            || topic == ReferencePrice);
}
