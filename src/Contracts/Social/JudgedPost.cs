using System.Collections.Immutable;

namespace BtcAgent.Contracts.Social;

/// <summary>A post with its tone and weight, and why. Its text and author must never reach a log.</summary>
[GenerateSerializer, Immutable, Alias("JudgedPost")]
public sealed record JudgedPost
{
    /// <summary>Longest text that is kept; a longer one ends with an ellipsis.</summary>
    public const int TextMax = 1_000;

    /// <summary>Name of the source.</summary>
    [Id(0)] public required string Source { get; init; }

    /// <summary>Id at the source.</summary>
    [Id(1)] public required string Id { get; init; }

    /// <summary>When it was written, by the source; unknown where it does not say.</summary>
    [Id(2)] public required Timestamp CreatedAt { get; init; }

    /// <summary>When the agent received it.</summary>
    [Id(3)] public required Timestamp ReceivedAt { get; init; }

    /// <summary>When its score was known: from here on it counts.</summary>
    [Id(4)] public required Timestamp KnownAt { get; init; }

    /// <summary>Up to <see cref="TextMax"/> characters; null once it is removed.</summary>
    [Id(5)] public required string? Text { get; init; }

    /// <summary>ISO 639-1 code by the pipeline, or <c>und</c>.</summary>
    [Id(6)] public required string Language { get; init; }

    /// <summary>The author's followers; null where the source gives none, and once it is removed.</summary>
    [Id(7)] public required double? Followers { get; init; }

    /// <summary>−1 (bad for the price) … 1 (good).</summary>
    [Id(8)] public required double Tone { get; init; }

    /// <summary>0 (no evidence, or balanced) … 1.</summary>
    [Id(9)] public required double Confidence { get; init; }

    /// <summary>Class of the tone.</summary>
    [Id(10)] public required JudgedClass Class { get; init; }

    /// <summary>0…1: how much it counts, by content and author.</summary>
    [Id(11)] public required double Weight { get; init; }

    /// <summary>0…1: how much its content counts.</summary>
    [Id(12)] public required double ContentWeight { get; init; }

    /// <summary>The factors of the weight.</summary>
    [Id(13)] public required ImmutableArray<JudgedFactor> Factors { get; init; }

    /// <summary>The terms of the tone; empty once it is removed.</summary>
    [Id(14)] public required ImmutableArray<JudgedTerm> Terms { get; init; }

    /// <summary>Why text and author are gone; null while they are here.</summary>
    [Id(15)] public PostRemovalReason? Removed { get; init; }

    /// <summary>Id of the scorer that judged the tone.</summary>
    [Id(16)] public required string Scorer { get; init; }

    /// <summary>SHA-256 of what that scorer reads tones from.</summary>
    [Id(17)] public required string ScorerHash { get; init; }

    /// <summary>Without anything that a person wrote or that describes the author; numbers remain.</summary>
    public JudgedPost Without(PostRemovalReason reason) => this with
    {
        Text = null,
        Followers = null,
        Terms = [],
        Factors = [.. Factors.Select(factor => factor with { Reason = "" })],
        Removed = Removed ?? reason,
    };

    /// <summary>Without text and author, so that neither reaches a log.</summary>
    public override string ToString() => $"post {Source}:{Id}";
}
