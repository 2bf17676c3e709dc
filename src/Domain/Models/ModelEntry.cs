using System.Collections.Immutable;

namespace BtcAgent.Domain.Models;

/// <summary>A registered model and where it stands.</summary>
[GenerateSerializer, Immutable, Alias("ModelEntry")]
public sealed record ModelEntry
{
    [Id(0)] public required ModelDescription Description { get; init; }

    /// <summary>Name of the one strategy that it may trade or shadow.</summary>
    [Id(1)] public required string Strategy { get; init; }

    [Id(2)] public required ModelStage Stage { get; init; }

    /// <summary>Our clock.</summary>
    [Id(3)] public required Timestamp RegisteredAt { get; init; }

    /// <summary>Newest last, at most <see cref="ModelRoster.MovesKept"/>.</summary>
    [Id(4)] public ImmutableArray<StageMove> Moves { get; init; } = [];

    public string Id => Description.Id;
}
