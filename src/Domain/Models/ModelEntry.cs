using System.Collections.Immutable;

namespace BtcAgent.Domain.Models;

/// <summary>A registered model and its stage.</summary>
[GenerateSerializer, Immutable, Alias("ModelEntry")]
public sealed record ModelEntry
{
    [Id(0)] public required ModelDescription Description { get; init; }

    /// <summary>Name of the only strategy that it may trade or shadow.</summary>
    [Id(1)] public required string Strategy { get; init; }

    [Id(2)] public required ModelStage Stage { get; init; }

    /// <summary>Time of registration by our clock.</summary>
    [Id(3)] public required Timestamp RegisteredAt { get; init; }

    /// <summary>Moves, newest last, at most <see cref="ModelRoster.MovesKept"/>.</summary>
    [Id(4)] public ImmutableArray<StageMove> Moves { get; init; } = [];

    public string Id => Description.Id;

    /// <summary>The override of the move that made it champion; null for none.</summary>
    public VerdictOverride? Override =>
        Moves.LastOrDefault(m => m.To == ModelStage.Champion && m.From != ModelStage.Champion)?.Override;
}
