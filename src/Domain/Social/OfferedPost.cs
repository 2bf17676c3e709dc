namespace BtcAgent.Domain.Social;

/// <summary>A post that a person or program gave to the agent. Its text and author must never reach a log.</summary>
[GenerateSerializer, Immutable, Alias("OfferedPost")]
public sealed record OfferedPost
{
    /// <summary>Its place in the inbox, from 1; 0 before it is there.</summary>
    [Id(0)] public long Number { get; init; }

    /// <summary>Name of the source, such as <c>desk</c>.</summary>
    [Id(1)] public required string Source { get; init; }

    /// <summary>Id at the source; unique there.</summary>
    [Id(2)] public required string Id { get; init; }

    /// <summary>Any text.</summary>
    [Id(3)] public required string Text { get; init; }

    /// <summary>When it was written; unknown where the source does not say. Not when we knew it.</summary>
    [Id(4)] public required Timestamp CreatedAt { get; init; }

    /// <summary>When the agent took it: from here on it may count.</summary>
    [Id(5)] public required Timestamp ReceivedAt { get; init; }

    /// <summary>Its language by the source, such as <c>en</c>; null where it gives none.</summary>
    [Id(6)] public string? Language { get; init; }

    /// <summary>Hash of the source and the author's id there, which alone is kept; null where it is not known.</summary>
    [Id(7)] public string? Author { get; init; }

    /// <summary>Followers, 0 or more; null where they are not known.</summary>
    [Id(8)] public double? Followers { get; init; }

    /// <summary>Age of the account in days; null where it is not known.</summary>
    [Id(9)] public double? AgeDays { get; init; }

    /// <summary>Mean posts per day; null where they are not known.</summary>
    [Id(10)] public double? PostsPerDay { get; init; }

    /// <summary>Without text and author, so that neither reaches a log.</summary>
    public override string ToString() => $"post {Source}:{Id}";
}
