using System.Collections.Immutable;

namespace BtcAgent.Domain.Risk;

/// <summary>The part of a <see cref="RiskEngine"/> that must survive a restart.</summary>
[GenerateSerializer, Immutable, Alias("RiskState")]
public sealed record RiskState
{
    public static RiskState Initial { get; } = new();

    [Id(0)] public BreakerState Breaker { get; init; } = BreakerState.Initial;

    /// <summary>Event time of the last approved order.</summary>
    [Id(1)] public Timestamp? LastOrderTime { get; init; }

    /// <summary>UTC day, counted from the epoch, whose loss set the breaker to Reducing; null for other causes.</summary>
    [Id(2)] public long? DailyLossDay { get; init; }

    /// <summary>True after an operator's resume: the next assessment measures loss and drawdown from its equity.</summary>
    [Id(3)] public bool RebasePending { get; init; }

    /// <summary>High-water mark since the last resume; null to use the portfolio's own.</summary>
    [Id(4)] public decimal? RebasedHighWaterMark { get; init; }

    /// <summary>UTC day of the last resume, whose loss counts from <see cref="RebasedDayEquity"/>.</summary>
    [Id(5)] public long? RebasedDay { get; init; }

    [Id(6)] public decimal RebasedDayEquity { get; init; }

    /// <summary>UTC week, counted from the epoch's Monday, of <see cref="WeekStartEquity"/>; null before the first.</summary>
    [Id(7)] public long? Week { get; init; }

    [Id(8)] public decimal WeekStartEquity { get; init; }

    /// <summary>UTC week whose loss set the breaker to Reducing; null for other causes.</summary>
    [Id(9)] public long? WeeklyLossWeek { get; init; }

    /// <summary>Minute of event time that <see cref="OrdersThisMinute"/> counts.</summary>
    [Id(10)] public long OrderMinute { get; init; }

    [Id(11)] public int OrdersThisMinute { get; init; }

    /// <summary>Realised profit and loss at the last check; null before the first.</summary>
    [Id(12)] public decimal? RealizedPnl { get; init; }

    /// <summary>Consecutive losing closes.</summary>
    [Id(13)] public int LosingStreak { get; init; }

    /// <summary>End of the reduction after a losing streak; null when there is none.</summary>
    [Id(14)] public Timestamp? StreakUntil { get; init; }

    /// <summary>Tripped breakers on the agent's health: code and start.</summary>
    [Id(15)]
    public ImmutableSortedDictionary<string, Timestamp> SystemTrips { get; init; } =
        ImmutableSortedDictionary.Create<string, Timestamp>(StringComparer.Ordinal);

    /// <summary>Last known limits in force by name, so that a restart never loosens one silently.</summary>
    [Id(16)]
    public ImmutableSortedDictionary<string, decimal> Limits { get; init; } =
        ImmutableSortedDictionary.Create<string, decimal>(StringComparer.Ordinal);

    /// <summary>Operators' changes, newest last; the last one of each name overrides the configuration.</summary>
    [Id(17)] public ImmutableArray<LimitChange> Changes { get; init; } = [];

    /// <summary>True until the host has closed the positions.</summary>
    [Id(18)] public bool FlattenPending { get; init; }

    /// <summary>
    /// Description of the tripped breakers on the agent's health, with their figures when the last one tripped; null
    /// before.
    /// </summary>
    [Id(19)] public string? SystemDetail { get; init; }

    /// <summary>Cause of <see cref="Breaker"/>; null in states stored by versions without causes.</summary>
    [Id(20)] public BreakerCause? Cause { get; init; }
}
