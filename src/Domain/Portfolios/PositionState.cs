using System.Collections.Immutable;

namespace BtcAgent.Domain.Portfolios;

/// <summary>Stored state of one instrument's position.</summary>
[GenerateSerializer, Immutable, Alias("PositionState")]
public sealed record PositionState
{
    [Id(0)] public required InstrumentId Instrument { get; init; }

    [Id(1)] public required string BaseAsset { get; init; }

    /// <summary>Last mark in quote asset; null before the first.</summary>
    [Id(2)] public required decimal? Mark { get; init; }

    [Id(3)] public required decimal RealizedPnl { get; init; }

    /// <summary>Oldest first, all of one sign.</summary>
    [Id(4)] public required ImmutableArray<Lot> Lots { get; init; }

    /// <summary>Event time of <see cref="Mark"/>; unknown in states stored by older versions.</summary>
    [Id(5)] public Timestamp MarkedAt { get; init; }
}
