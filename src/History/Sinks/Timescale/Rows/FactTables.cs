using BtcAgent.Domain.Facts;

namespace BtcAgent.History.Sinks.Timescale.Rows;

/// <summary>The tables that take the facts of a topic.</summary>
internal static class FactTables
{
    private static readonly Dictionary<FactTopic, TableRows[]> Tables = new()
    {
        [FactTopic.MarketData] = [new MarketRows()],
        [FactTopic.OrderBook] = [new BookRows()],
        [FactTopic.Bars] = [new BarRows()],
        [FactTopic.Features] = [new FeatureRows()],
        [FactTopic.Signals] = [new SignalRows()],
        [FactTopic.Decisions] = [new DecisionRows()],
        [FactTopic.Orders] = [new OrderRows()],
        [FactTopic.Executions] = [new TradeRows()],
        [FactTopic.Positions] = [new PositionRows(), new RiskRows()],
        [FactTopic.AgentEvents] = [new AuditRows()],
        [FactTopic.Latency] = [new LatencyRows()],
        [FactTopic.SocialData] = [new PostRows()],
        [FactTopic.Sentiment] = [new SentimentRows()],
    };

    public static IReadOnlyList<TableRows> Of(FactTopic topic) => Tables[topic];
}
