using System.Collections.Immutable;

namespace BtcAgent.Domain.Execution.Slicing;

/// <summary>All that a parent order in work needs to go on, after a restart too.</summary>
[GenerateSerializer, Immutable, Alias("SliceState")]
public sealed record SliceState
{
    [Id(0)] public required SlicePlan Plan { get; init; }

    [Id(1)] public SlicePhase Phase { get; init; } = SlicePhase.Working;

    /// <summary>Latest event time.</summary>
    [Id(2)] public Timestamp Now { get; init; }

    /// <summary>Latest best prices of the market; zero while unknown.</summary>
    [Id(3)] public Price Bid { get; init; }

    /// <summary>Traded by the market since the start time.</summary>
    [Id(4)] public Quantity MarketVolume { get; init; }

    /// <summary>Over all children, ended ones included.</summary>
    [Id(5)] public Quantity Filled { get; init; }

    /// <summary>Open children, oldest first.</summary>
    [Id(6)] public ImmutableArray<ChildOrder> Children { get; init; } = [];

    /// <summary>Index of the next child.</summary>
    [Id(7)] public int NextChild { get; init; }

    /// <summary>Span of the schedule that children have been placed for; -1 before the first.</summary>
    [Id(8)] public int Span { get; init; } = -1;

    /// <summary>Children in a row that ended without a fill and without being asked to.</summary>
    [Id(9)] public int Refusals { get; init; }

    /// <summary>Why the parent ended before its plan did.</summary>
    [Id(10)] public string? Reason { get; init; }

    [Id(11)] public Price Ask { get; init; }

    public bool HasQuote => !Bid.IsZero && !Ask.IsZero;

    public Quantity Open => Quantity.FromUnits(Children.Sum(child => child.Remaining.Units));

    /// <summary>Neither filled nor open.</summary>
    public Quantity Unallocated => Plan.Quantity - Filled - Open;

    public bool IsDone => Phase == SlicePhase.Done;
}
