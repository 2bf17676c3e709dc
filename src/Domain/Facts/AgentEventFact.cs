namespace BtcAgent.Domain.Facts;

/// <summary>A change of the agent itself.</summary>
/// <param name="Kind">Part of the agent that changed.</param>
/// <param name="Subject">Of which portfolio, instrument, strategy or model.</param>
/// <param name="Name">Which part: a breaker's cause, a limit's name, a command.</param>
/// <param name="From">State before; null where there was none.</param>
/// <param name="To">State after.</param>
/// <param name="Actor">The operator, or the part of the agent that caused it.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When, by our clock.</param>
public sealed record AgentEventFact(
    AgentEventKind Kind, string Subject, string Name, string? From, string To, string Actor, string Reason, Timestamp At) : Fact
{
    public override FactTopic Topic => FactTopic.AgentEvents;

    public override string Key => Subject;

    public override Timestamp Time => At;
}
