namespace BtcAgent.Domain.Experiments;

/// <summary>Result of one complete UTC day: champion and challenger in virtual ledgers on the same market events.</summary>
/// <param name="Day">The day; a day that is not later than the last one is a repeat and changes nothing.</param>
/// <param name="ClosedAt">Event time at which the day was complete.</param>
/// <param name="ChampionPnl">Net profit of the champion, as a fraction of the capital.</param>
/// <param name="ChallengerPnl">Net profit of the challenger, as a fraction of the capital.</param>
/// <param name="Trades">Trades of the challenger.</param>
/// <param name="Health">The challenger's condition at the end of the day.</param>
[GenerateSerializer, Immutable, Alias("ExperimentDay")]
public sealed record ExperimentDay(
    [property: Id(0)] DateOnly Day,
    [property: Id(1)] Timestamp ClosedAt,
    [property: Id(2)] double ChampionPnl,
    [property: Id(3)] double ChallengerPnl,
    [property: Id(4)] int Trades,
    [property: Id(5)] StageHealth Health);
