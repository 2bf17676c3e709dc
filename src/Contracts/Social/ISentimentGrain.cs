using Orleans.Concurrency;

namespace BtcAgent.Contracts.Social;

/// <summary>
/// The latest tallies of posts about an asset: one writer, which holds the lease of the source, and every feed as a reader. Kept in memory only: a reader
/// that finds a hole in the numbers continues with the next tally.
/// </summary>
[Alias("ISentimentGrain")]
public interface ISentimentGrain : IGrainWithStringKey
{
    /// <summary>Key of bitcoin's.</summary>
    const string Bitcoin = "BTC";

    /// <summary>Adds tallies; those with a number that is not above the last one are left out.</summary>
    /// <returns>False for a writer whose lease has passed to another one.</returns>
    [Alias("Publish")]
    Task<bool> Publish(SentimentBatch batch);

    /// <summary>The tallies after a number, at most the last 600.</summary>
    /// <param name="after">0 returns the last one only, if there is one: where a new reader begins.</param>
    [Alias("GetTallies"), ReadOnly]
    Task<SentimentBatch> GetTallies(long after);
}
