namespace BtcAgent.Domain.Facts;

/// <summary>
/// Something that happened in the agent and is kept. The set is closed: every fact is a type of this namespace, published
/// once, where it happens. A crash may publish a fact again; readers drop such repeats.
/// </summary>
public abstract record Fact
{
    private protected Fact()
    {
    }

    /// <summary>Topic that the fact is published to.</summary>
    public abstract FactTopic Topic { get; }

    /// <summary>Key within the topic; facts of one key keep their order.</summary>
    public abstract string Key { get; }

    /// <summary>When it happened, by the market's clock where there is one and by ours otherwise.</summary>
    public abstract Timestamp Time { get; }
}
