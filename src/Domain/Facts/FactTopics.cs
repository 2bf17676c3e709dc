using System.Collections.Immutable;

namespace BtcAgent.Domain.Facts;

/// <summary>Names of the topics of facts.</summary>
public static class FactTopics
{
    public static ImmutableArray<FactTopic> All { get; } = [.. Enum.GetValues<FactTopic>()];

    public static string NameOf(FactTopic topic) => topic switch
    {
        FactTopic.MarketData => "market_data",
        FactTopic.OrderBook => "order_book",
        FactTopic.Bars => "bars",
        FactTopic.Features => "features",
        FactTopic.Signals => "trading_signals",
        FactTopic.Decisions => "risk_decisions",
        FactTopic.Orders => "orders",
        FactTopic.Executions => "trade_executions",
        FactTopic.Positions => "positions",
        FactTopic.AgentEvents => "agent_events",
        FactTopic.Latency => "latency",
        FactTopic.SocialData => "social_data",
        FactTopic.Sentiment => "sentiment",
        _ => throw new ArgumentOutOfRangeException(nameof(topic), topic, "no such topic"),
    };
}
