namespace BtcAgent.History.Log.Local;

/// <summary>Names under which sinks keep their checkpoints of a log.</summary>
/// <param name="MarketData">Name for the topic of market data.</param>
/// <param name="Others">Name for all other topics.</param>
/// <param name="IsReplay">
/// The log of a replay, which begins empty each time: the same names must always have the same facts at the same offsets, so that
/// a sink which has stored them once stores nothing again. Publishing then waits for the log.
/// </param>
public sealed record FactLogIdentity(string MarketData, string Others, bool IsReplay)
{
    /// <summary>The log of an agent that trades: it keeps the name with which it began.</summary>
    public static FactLogIdentity Of(string newName) => new(newName, newName, IsReplay: false);
}
