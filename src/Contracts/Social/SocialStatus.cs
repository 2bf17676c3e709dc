using System.Collections.Immutable;

namespace BtcAgent.Contracts.Social;

/// <summary>Sources of posts and their budget.</summary>
/// <param name="ReportedAt">When the reader reported it; unknown when none has.</param>
/// <param name="Reader">The process that reads; null when none has reported.</param>
/// <param name="Sources">Each source.</param>
/// <param name="Budget">Of the source that charges; null without one.</param>
[GenerateSerializer, Immutable, Alias("SocialStatus")]
public sealed record SocialStatus(
    [property: Id(0)] Timestamp ReportedAt,
    [property: Id(1)] string? Reader,
    [property: Id(2)] ImmutableArray<SocialSourceStatus> Sources,
    [property: Id(3)] SocialBudgetStatus? Budget)
{
    /// <summary>No reader has reported.</summary>
    public static SocialStatus None { get; } = new(Timestamp.Unknown, null, [], null);
}
