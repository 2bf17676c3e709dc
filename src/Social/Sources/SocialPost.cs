using BtcAgent.Social.Authors;

namespace BtcAgent.Social.Sources;

/// <summary>A post as a source delivered it. Its text and author must never reach a log.</summary>
public sealed record SocialPost
{
    /// <summary>Name of the source, such as <c>x</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Id at the source; unique there.</summary>
    public required string Id { get; init; }

    /// <summary>Any text.</summary>
    public required string Text { get; init; }

    /// <summary>The author's id, prefixed by the source, and public figures.</summary>
    public required AuthorFacts Author { get; init; }

    /// <summary>When the source says that it was written; unknown where it does not. Not when we knew it.</summary>
    public required Timestamp CreatedAt { get; init; }

    /// <summary>When this process received it: from here on it may count.</summary>
    public required Timestamp ReceivedAt { get; init; }

    /// <summary>The source's guess of the language, such as <c>en</c>; null where it gives none.</summary>
    public string? Language { get; init; }

    /// <summary>Id of the last version that this one replaces, whose text must be removed; earlier ones have removals. Null for a first version.</summary>
    public string? EditedFrom { get; init; }

    /// <summary>The post as the pipeline scores it.</summary>
    public Post ToPost() => new(Text, Author, ReceivedAt);

    /// <summary>Without text and author, so that neither reaches a log.</summary>
    public override string ToString() => $"post {Source}:{Id}";
}
