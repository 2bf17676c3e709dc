using System.Collections.Immutable;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution;

/// <summary>The state that a <see cref="PaperExecution"/> needs to continue after a restart.</summary>
[GenerateSerializer, Immutable, Alias("PaperExecutionState")]
public sealed record PaperExecutionState
{
    [Id(0)] public required string Portfolio { get; init; }

    [Id(1)] public required InstrumentId Instrument { get; init; }

    /// <summary>Latest event time seen.</summary>
    [Id(2)] public required Timestamp EventTime { get; init; }

    /// <summary>Open and recent orders, oldest first.</summary>
    [Id(3)] public required ImmutableArray<Order> Orders { get; init; }

    /// <summary>Fills that the host has not taken: a host that writes the state before it takes them loses none.</summary>
    [Id(4)] public required ImmutableArray<Fill> PendingFills { get; init; }

    [Id(5)] public required long Anomalies { get; init; }

    /// <summary>Number of the last fill; zero before the first.</summary>
    [Id(6)] public long LastFillNumber { get; init; }
}
