using System.Collections.Immutable;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>The state that a <see cref="LiveExecution"/> needs to continue after a restart.</summary>
[GenerateSerializer, Immutable, Alias("LiveExecutionState")]
public sealed record LiveExecutionState
{
    /// <summary>Layout of written states; states without a number have the first layout.</summary>
    public const int CurrentLayout = 2;

    [Id(0)] public required string Portfolio { get; init; }

    [Id(1)] public required InstrumentId Instrument { get; init; }

    /// <summary>
    /// Orders, oldest first: all open ones of this agent, the newest ended ones, and orders of others with fills; the rest
    /// is read from the venue.
    /// </summary>
    [Id(2)] public required ImmutableArray<Order> Orders { get; init; }

    /// <summary>Time of the last request for each order without a known outcome, by our clock.</summary>
    [Id(3)] public required ImmutableSortedDictionary<string, Timestamp> SentAt { get; init; }

    /// <summary>Fills that the portfolio has not acknowledged.</summary>
    [Id(4)] public required ImmutableArray<Fill> PendingFills { get; init; }

    /// <summary>All venue trades up to this id have been counted; null before the account was first read.</summary>
    [Id(5)] public long? TradesReadTo { get; init; }

    /// <summary>Venue trade ids above <see cref="TradesReadTo"/> that have been counted.</summary>
    [Id(6)] public required ImmutableSortedSet<long> TradesSeen { get; init; }

    /// <summary>Corrections made by reconciliation, newest last.</summary>
    [Id(7)] public required ImmutableArray<Correction> Corrections { get; init; }

    /// <summary>
    /// Ids of ended orders of this agent that are not in <see cref="Orders"/>, oldest first: none is sent again.
    /// </summary>
    [Id(8)] public ImmutableArray<string> EndedIds { get; init; } = [];

    /// <summary>Venue ids of ended orders that are not in <see cref="Orders"/>, oldest first.</summary>
    [Id(9)] public ImmutableArray<string> EndedVenueIds { get; init; } = [];

    /// <summary>Doubts, oldest first.</summary>
    [Id(10)] public ImmutableArray<Doubt> Doubts { get; init; } = [];

    /// <summary>Number of the last fill delivered to the portfolio.</summary>
    [Id(11)] public long LastFillNumber { get; init; }

    [Id(12)] public int Layout { get; init; }

    /// <summary>Ids of ended orders in <see cref="Orders"/> whose end the venue has not confirmed.</summary>
    [Id(13)] public ImmutableArray<string> Unconfirmed { get; init; } = [];
}
