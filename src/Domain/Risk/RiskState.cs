using System.Collections.Immutable;

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

    /// <summary>UTC week, counted from the epoch's Monday, of <see cref="WeekStartEquity"/>; null before the first.</summary>
    [Id(7)] public long? Week { get; init; }

    [Id(8)] public decimal WeekStartEquity { get; init; }

    /// <summary>UTC week whose loss put the breaker to Reducing; null when something else did.</summary>
    [Id(9)] public long? WeeklyLossWeek { get; init; }

    /// <summary>Minute of event time that <see cref="OrdersThisMinute"/> counts.</summary>
    [Id(10)] public long OrderMinute { get; init; }

    [Id(11)] public int OrdersThisMinute { get; init; }

    /// <summary>Realised profit and loss when last looked at; null before the first look.</summary>
    [Id(12)] public decimal? RealizedPnl { get; init; }

    /// <summary>Losing closes in a row.</summary>
    [Id(13)] public int LosingStreak { get; init; }

    /// <summary>A losing streak put the breaker to Reducing until then.</summary>
    [Id(14)] public Timestamp? StreakUntil { get; init; }

    /// <summary>Breakers on the agent's health that have tripped, by code, and since when.</summary>
    [Id(15)]
    public ImmutableSortedDictionary<string, Timestamp> SystemTrips { get; init; } =
        ImmutableSortedDictionary.Create<string, Timestamp>(StringComparer.Ordinal);

    /// <summary>Limits in force by name, as last known: a restart never loosens one silently.</summary>
    [Id(16)]
    public ImmutableSortedDictionary<string, decimal> Limits { get; init; } =
        ImmutableSortedDictionary.Create<string, decimal>(StringComparer.Ordinal);

    /// <summary>An operator's changes, newest last; the last of each name is in force whatever is configured.</summary>
    [Id(17)] public ImmutableArray<LimitChange> Changes { get; init; } = [];

    /// <summary>Positions are to be closed; taken by the host.</summary>
    [Id(18)] public bool FlattenPending { get; init; }

    /// <summary>The tripped breakers on the agent's health in words, with their figures when the last one tripped; null before.</summary>
    [Id(19)] public string? SystemDetail { get; init; }

    /// <summary>What moved <see cref="Breaker"/>; null in a state of before this was kept.</summary>
    [Id(20)] public BreakerCause? Cause { get; init; }
}
