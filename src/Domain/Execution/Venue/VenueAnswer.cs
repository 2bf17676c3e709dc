using System.Collections.Immutable;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Venue;

/// <summary>A venue's answer to a command.</summary>
[GenerateSerializer, Immutable, Alias("VenueAnswer")]
public sealed record VenueAnswer
{
    [Id(0)] public required VenueOutcome Outcome { get; init; }

    /// <summary>Reports about our orders in the answer; empty when it contains only the outcome.</summary>
    [Id(1)] public ImmutableArray<ExecutionReport> Reports { get; init; } = [];

    /// <summary>Why the command failed, with the venue's code; empty when done.</summary>
    [Id(2)] public string Reason { get; init; } = "";

    public static VenueAnswer Done(params ImmutableArray<ExecutionReport> reports) =>
        new() { Outcome = VenueOutcome.Done, Reports = reports };

    public static VenueAnswer Not(VenueOutcome outcome, string reason) => new() { Outcome = outcome, Reason = reason };
}
