using System.Collections.Immutable;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Venue;

/// <summary>What a venue made of a command, as far as is known.</summary>
[GenerateSerializer, Immutable, Alias("VenueAnswer")]
public sealed record VenueAnswer
{
    [Id(0)] public required VenueOutcome Outcome { get; init; }

    /// <summary>What the answer reports of our orders; empty when it says nothing more than the outcome.</summary>
    [Id(1)] public ImmutableArray<ExecutionReport> Reports { get; init; } = [];

    /// <summary>Why not, with the venue's code; empty when done.</summary>
    [Id(2)] public string Reason { get; init; } = "";

    public static VenueAnswer Done(params ImmutableArray<ExecutionReport> reports) =>
        new() { Outcome = VenueOutcome.Done, Reports = reports };

    public static VenueAnswer Not(VenueOutcome outcome, string reason) => new() { Outcome = outcome, Reason = reason };
}
