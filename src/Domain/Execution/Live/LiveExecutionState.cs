using System.Collections.Immutable;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>What a <see cref="LiveExecution"/> needs to go on after a restart.</summary>
[GenerateSerializer, Immutable, Alias("LiveExecutionState")]
public sealed record LiveExecutionState
{
    /// <summary>The layout that is written; states without one are of the first.</summary>
    public const int CurrentLayout = 2;

    [Id(0)] public required string Portfolio { get; init; }

    [Id(1)] public required InstrumentId Instrument { get; init; }

    /// <summary>
    /// Oldest first: all open ones of this agent, the newest of those that ended, and of orders placed by others those with
    /// fills; the rest is read from the venue.
    /// </summary>
    [Id(2)] public required ImmutableArray<Order> Orders { get; init; }

    /// <summary>When a request for each order left last, by our clock; for orders whose outcome is not known.</summary>
    [Id(3)] public required ImmutableSortedDictionary<string, Timestamp> SentAt { get; init; }

    /// <summary>Fills that the portfolio has not acknowledged.</summary>
    [Id(4)] public required ImmutableArray<Fill> PendingFills { get; init; }

    /// <summary>All venue trades up to this id have been counted; null before the account was first read.</summary>
    [Id(5)] public long? TradesReadTo { get; init; }

    /// <summary>Venue trade ids above <see cref="TradesReadTo"/> that have been counted.</summary>
    [Id(6)] public required ImmutableSortedSet<long> TradesSeen { get; init; }

    /// <summary>What reconciliation had to set right, newest last.</summary>
    [Id(7)] public required ImmutableArray<Correction> Corrections { get; init; }

    /// <summary>Ids of ended orders of this agent that are not among <see cref="Orders"/>, oldest first: none is sent again.</summary>
    [Id(8)] public ImmutableArray<string> EndedIds { get; init; } = [];

    /// <summary>The venue's ids of ended orders that are not among <see cref="Orders"/>, oldest first.</summary>
    [Id(9)] public ImmutableArray<string> EndedVenueIds { get; init; } = [];

    /// <summary>What the venue said that did not fit, oldest first.</summary>
    [Id(10)] public ImmutableArray<Doubt> Doubts { get; init; } = [];

    /// <summary>Number of the last fill handed to the portfolio.</summary>
    [Id(11)] public long LastFillNumber { get; init; }

    [Id(12)] public int Layout { get; init; }

    /// <summary>Ids of ended orders among <see cref="Orders"/> whose end the venue has not confirmed.</summary>
    [Id(13)] public ImmutableArray<string> Unconfirmed { get; init; } = [];
}
