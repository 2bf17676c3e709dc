using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Silo.Social;

/// <summary>Posts about bitcoin. Section <c>Social</c>; below it are <c>X</c> and <c>Budget</c>.</summary>
public sealed class SocialOptions
{
    public const string Section = "Social";

    /// <summary>Simulated, X or None. Default Simulated with the embedded market, None with every other venue.</summary>
    public PostSource? Source { get; set; }

    /// <summary>
    /// Time between two checks of X whether the posts that the agent still shows were deleted, in seconds, 5…86,400. Default 3,600. On the day of
    /// a post's first read X does not charge it again.
    /// </summary>
    [Range(5.0, 86_400.0)]
    public double DeletionCheckSeconds { get; set; } = 3_600;

    /// <inheritdoc cref="DeletionCheckSeconds"/>
    public TimeSpan DeletionCheck => TimeSpan.FromSeconds(DeletionCheckSeconds);
}
