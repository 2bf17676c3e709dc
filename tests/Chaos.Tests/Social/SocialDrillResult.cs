namespace BtcAgent.Chaos.Tests.Social;

/// <summary>Posts of the simulated X, compared with those that the agent kept.</summary>
/// <param name="Seed">Seed of the drill.</param>
/// <param name="Kills">Kills with SIGKILL.</param>
/// <param name="Posts">Posts that X published.</param>
/// <param name="Missing">Of them those without a fact.</param>
/// <param name="Doubled">Posts that count more often than they were published: the sum over the tallies, less the posts, if that is above 0.</param>
/// <param name="OverBudget">Reads that X charged above the limit of the day.</param>
/// <param name="Repeated">Facts that were written again after a kill; readers drop them by source and id.</param>
/// <param name="Uncounted">Posts in tallies that a kill lost, as documented: kept, but without a part in the features.</param>
/// <param name="Checksum">Hash over the ids that X published.</param>
/// <param name="KeptChecksum">Hash over the ids that the agent kept, each once.</param>
internal sealed record SocialDrillResult(
    int Seed, int Kills, int Posts, int Missing, long Doubled, long OverBudget, int Repeated, long Uncounted, string Checksum, string KeptChecksum)
{
    /// <summary>Posts of two seconds: the most that the tally of a kill can lose.</summary>
    private const int LostByAKill = 10;

    public bool IsClean => (Missing, Doubled, OverBudget) == (0, 0, 0) && Checksum == KeptChecksum && Uncounted <= LostByAKill * Kills;
}
