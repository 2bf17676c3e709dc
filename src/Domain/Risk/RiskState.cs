namespace BtcAgent.Domain.Risk;

/// <summary>What a <see cref="RiskEngine"/> must remember over a restart.</summary>
[GenerateSerializer, Immutable, Alias("RiskState")]
public sealed record RiskState
{
    public static RiskState Initial { get; } = new();

    [Id(0)] public BreakerState Breaker { get; init; } = BreakerState.Initial;

    /// <summary>Event time of the last approved order.</summary>
    [Id(1)] public Timestamp? LastOrderTime { get; init; }

    /// <summary>
    /// UTC day, from the epoch, whose loss put the breaker to Reducing; null when something else did.
    /// </summary>
    [Id(2)] public long? DailyLossDay { get; init; }

    /// <summary>An operator resumed: the next assessment measures loss and drawdown anew from its equity.</summary>
    [Id(3)] public bool RebasePending { get; init; }

    /// <summary>High-water mark since the last resume; null when the portfolio's own counts.</summary>
    [Id(4)] public decimal? RebasedHighWaterMark { get; init; }

    /// <summary>UTC day of the last resume, whose loss counts from <see cref="RebasedDayEquity"/>.</summary>
    [Id(5)] public long? RebasedDay { get; init; }

    [Id(6)] public decimal RebasedDayEquity { get; init; }
}
