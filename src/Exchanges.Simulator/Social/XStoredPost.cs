using BtcAgent.Exchanges.Simulator.Posts;

namespace BtcAgent.Exchanges.Simulator.Social;

/// <summary>A post of the simulated X.</summary>
/// <param name="Id">Its snowflake.</param>
/// <param name="Post">The post.</param>
/// <param name="History">Ids of all versions, this one last.</param>
public sealed record XStoredPost(long Id, SyntheticPost Post, IReadOnlyList<long> History)
{
    /// <summary>Withheld in a country.</summary>
    public bool IsWithheld { get; init; }
}
