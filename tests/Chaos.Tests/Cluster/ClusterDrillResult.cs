namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>Result of a cluster drill.</summary>
/// <param name="Seed">Seed that repeats the plan.</param>
/// <param name="Silos">Number of silo processes.</param>
/// <param name="Kills">SIGKILLs.</param>
/// <param name="TapeEvents">Market events of the tapes.</param>
/// <param name="TicksLost">
/// Events missing from the book; −1 when none is missing, but not each was applied once and in order.
/// </param>
/// <param name="Decisions">Decisions on topic risk_decisions.</param>
/// <param name="DecisionsDoubled">Decisions that were published more than once.</param>
/// <param name="DecisionsNotInJournal">Decisions on the topic that the journal in PostgreSQL lacks.</param>
/// <param name="Orders">The agent's orders in the venue's records.</param>
/// <param name="OrdersDoubled">Orders that the venue has twice, and trades that the books count twice.</param>
/// <param name="OrdersLost">Approved orders that neither the venue has nor the agent has refused, and trades that the books lack.</param>
/// <param name="PositionDifference">Base asset: the venue's position less the books'.</param>
/// <param name="CashDifference">Quote asset: the venue's balance less the books'.</param>
/// <param name="ResumeMs">Milliseconds from a kill to the next decision on fresh data.</param>
/// <param name="GracefulMs">Milliseconds from SIGTERM to the end of the process.</param>
/// <param name="ForeignMessagesUntold">Unreadable messages of another program that are not among the dead letters.</param>
internal sealed record ClusterDrillResult(
    int Seed,
    int Silos,
    int Kills,
    long TapeEvents,
    long TicksLost,
    int Decisions,
    int DecisionsDoubled,
    int DecisionsNotInJournal,
    int Orders,
    int OrdersDoubled,
    int OrdersLost,
    decimal PositionDifference,
    decimal CashDifference,
    RecoveryTimes ResumeMs,
    RecoveryTimes GracefulMs,
    int ForeignMessagesUntold)
{
    public bool IsClean => ForeignMessagesUntold == 0 && TicksLost == 0 && DecisionsDoubled == 0 && DecisionsNotInJournal == 0 && OrdersDoubled == 0 && OrdersLost == 0
        && PositionDifference == 0 && CashDifference == 0;
}
