namespace BtcAgent.Domain.Facts;

/// <summary>The topics of facts; <see cref="FactTopics.NameOf"/> gives their names.</summary>
public enum FactTopic
{
    /// <summary>Events of a venue's feed, in batches.</summary>
    MarketData,

    /// <summary>Depth of the rebuilt book at sampling instants.</summary>
    OrderBook,

    /// <summary>Closed bars.</summary>
    Bars,

    /// <summary>Feature samples.</summary>
    Features,

    /// <summary>Signals, valid and refused.</summary>
    Signals,

    /// <summary>Risk decisions with their provenance.</summary>
    Decisions,

    /// <summary>Each transition of each order.</summary>
    Orders,

    /// <summary>Fills.</summary>
    Executions,

    /// <summary>Positions and equity of portfolios.</summary>
    Positions,

    /// <summary>Breakers, feeds, limits, models and operators' actions.</summary>
    AgentEvents,

    /// <summary>Latency percentiles of windows of time.</summary>
    Latency,

    /// <summary>Posts that were read and scored, without text and author.</summary>
    SocialData,

    /// <summary>Sums of posts, as the feeds take them.</summary>
    Sentiment,
}
