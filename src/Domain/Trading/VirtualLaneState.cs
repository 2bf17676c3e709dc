using System.Collections.Immutable;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Domain.Trading;

/// <summary>The state that a <see cref="VirtualLane"/> needs to continue after a restart. Orders in flight are not kept.</summary>
[GenerateSerializer, Immutable, Alias("VirtualLaneState")]
public sealed record VirtualLaneState
{
    [Id(0)] public required string ModelId { get; init; }

    /// <summary>The books, without their curve.</summary>
    [Id(1)] public required PortfolioState Ledger { get; init; }

    [Id(2)] public required RiskState Risk { get; init; }

    /// <summary>Equity at the first mark; null before it.</summary>
    [Id(3)] public required decimal? Capital { get; init; }

    /// <summary>Equity and fills at the begin of the current day.</summary>
    [Id(4)] public required decimal DayEquity { get; init; }

    [Id(5)] public required int DayFills { get; init; }

    /// <summary>The day that is not over; null before the first sample.</summary>
    [Id(6)] public required VirtualDay? Today { get; init; }

    /// <summary>True when the first sample of <see cref="Today"/> was the account's first: the day is not counted.</summary>
    [Id(7)] public required bool IsPartial { get; init; }

    /// <summary>Complete days, oldest first, at most <see cref="VirtualLane.DaysKept"/>.</summary>
    [Id(8)] public required ImmutableArray<VirtualDay> Days { get; init; }
}
