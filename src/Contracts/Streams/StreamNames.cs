namespace BtcAgent.Contracts.Streams;

/// <summary>
/// Names of the stream provider and its namespaces, which are topics of a cluster; <see cref="Domain.Facts.FactTopics"/> has those
/// of facts.
/// </summary>
public static class StreamNames
{
    public const string Provider = "facts";

    /// <summary><see cref="Domain.MarketData.MarketDataBatch"/> in feed order, key <c>VENUE:SYMBOL</c>.</summary>
    public const string MarketData = "market_data";

    /// <summary><see cref="Domain.Trading.Decision"/>, key the portfolio.</summary>
    public const string Decisions = "risk_decisions";

    /// <summary>Unreadable and undeliverable messages.</summary>
    public const string DeadLetters = "dead_letters";
}
