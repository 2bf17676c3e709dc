using System.Collections.Immutable;

namespace BtcAgent.Social.X;

/// <summary>How far a source has read. JSON; store it after the posts that it covers.</summary>
/// <param name="Floor">Snowflake up to which everything was read, or is given up; searches begin after it. 0 is nothing.</param>
/// <param name="Seen">Posts above it that were read, ascending.</param>
public sealed record PostCursor(long Floor, ImmutableArray<long> Seen)
{
    /// <summary>Nothing was read yet.</summary>
    public static PostCursor Empty { get; } = new(0, []);
}
