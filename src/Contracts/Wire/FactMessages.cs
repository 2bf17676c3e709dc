using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using Google.Protobuf;

namespace BtcAgent.Contracts.Wire;

/// <summary>Converts facts to messages of the log, and reads such messages.</summary>
public static class FactMessages
{
    public static FactMessage Of(Fact fact) => fact switch
    {
        MarketFact market => Message(fact, MarketDataBatch.Descriptor.FullName, MarketDataWire.Encode(market.Batch)),
        FeatureFact feature => Message(fact, FeatureVector.Descriptor.FullName, FactsWire.Encode(feature.Sample)),
        SignalFact signal => Message(fact, TradingSignal.Descriptor.FullName, FactsWire.Encode(signal.Signal)),
        DecisionFact decision => Message(fact, RiskDecision.Descriptor.FullName, FactsWire.Encode(decision.Decision)),
        FillFact fill => Message(fact, TradeExecution.Descriptor.FullName, FactsWire.Encode(fill.Fill)),
        BookFact book => Message(fact, BookDepth.Descriptor.FullName, StateFactsWire.ToWire(book).ToByteArray()),
        BarFact bar => Message(fact, ClosedBar.Descriptor.FullName, StateFactsWire.ToWire(bar).ToByteArray()),
        OrderFact order => Message(fact, OrderTransition.Descriptor.FullName, StateFactsWire.ToWire(order.Order).ToByteArray()),
        PortfolioFact portfolio => Message(fact, PortfolioMark.Descriptor.FullName, StateFactsWire.ToWire(portfolio.Snapshot).ToByteArray()),
        AgentEventFact change => Message(fact, AgentEvent.Descriptor.FullName, StateFactsWire.ToWire(change).ToByteArray()),
        LatencyFact latency => Message(fact, LatencyWindow.Descriptor.FullName, StateFactsWire.ToWire(latency).ToByteArray()),
        PostFact post => Message(fact, ScoredPost.Descriptor.FullName, SocialFactsWire.ToWire(post).ToByteArray()),
        SentimentFact sentiment => Message(fact, SentimentSums.Descriptor.FullName, SocialFactsWire.ToWire(sentiment).ToByteArray()),
        _ => throw new NotSupportedException($"no message for {fact.GetType().Name}"),
    };

    /// <summary>Reads a message of the given topic.</summary>
    /// <exception cref="FormatException">The payload is not the topic's message.</exception>
    public static IMessage Read(FactTopic topic, ReadOnlySpan<byte> payload)
    {
        try
        {
            return ParserOf(topic).ParseFrom(payload);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new FormatException($"not a message of topic {FactTopics.NameOf(topic)}: {e.Message}", e);
        }
    }

    private static MessageParser ParserOf(FactTopic topic) => topic switch
    {
        FactTopic.MarketData => MarketDataBatch.Parser,
        FactTopic.OrderBook => BookDepth.Parser,
        FactTopic.Bars => ClosedBar.Parser,
        FactTopic.Features => FeatureVector.Parser,
        FactTopic.Signals => TradingSignal.Parser,
        FactTopic.Decisions => RiskDecision.Parser,
        FactTopic.Orders => OrderTransition.Parser,
        FactTopic.Executions => TradeExecution.Parser,
        FactTopic.Positions => PortfolioMark.Parser,
        FactTopic.AgentEvents => AgentEvent.Parser,
        FactTopic.Latency => LatencyWindow.Parser,
        FactTopic.SocialData => ScoredPost.Parser,
        FactTopic.Sentiment => SentimentSums.Parser,
        _ => throw new ArgumentOutOfRangeException(nameof(topic), topic, "no such topic"),
    };

    private static FactMessage Message(Fact fact, string type, byte[] payload) => new(fact.Topic, fact.Key, type, payload);
}
