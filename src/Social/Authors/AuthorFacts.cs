namespace BtcAgent.Social.Authors;

/// <summary>Public figures of an author; null where the source does not give one.</summary>
/// <param name="Followers">Followers, 0 or more.</param>
/// <param name="AgeDays">Age of the account in days when the post was received.</param>
/// <param name="PostsPerDay">Mean posts per day over the account's life or the last days.</param>
/// <param name="UniqueShare">Share of the author's recent texts that are not near copies, 0…1; used until the pipeline has seen enough of them itself.</param>
public sealed record AuthorFacts(double? Followers, double? AgeDays, double? PostsPerDay, double? UniqueShare)
{
    /// <summary>The source and the author's id there, such as <c>x:12</c>; null or empty where it is not known. Only its hash is kept.</summary>
    public string? Id { get; init; }

    /// <summary>Without the id, so that it does not reach a log.</summary>
    public override string ToString() => "author (not shown)";
}
