using BtcAgent.Domain.Features;
using Orleans.Concurrency;

namespace BtcAgent.Contracts.Features;

/// <summary>Key: instrument. Rebuilds the book from the stream, computes features and starts each decision.</summary>
[Alias("IFeatureGrain")]
public interface IFeatureGrain : IGrainWithStringKey
{
    /// <param name="depth">Levels per side, 1…1000.</param>
    [Alias("GetBookTop"), AlwaysInterleave]
    Task<BookTop> GetBookTop(int depth);

    /// <summary>The newest sample; null before the first.</summary>
    [Alias("GetLastSample"), AlwaysInterleave]
    Task<FeatureSample?> GetLastSample();

    /// <summary>
    /// Milliseconds since the last decision of the strategy that has waited longest, or since this grain's activation.
    /// </summary>
    [Alias("GetDecisionAgeMs"), AlwaysInterleave]
    Task<double> GetDecisionAgeMs();

    /// <summary>
    /// Returns when the given event of the given feed epoch, and every decision it caused, is processed. A replay awaits this,
    /// so that it never runs ahead.
    /// </summary>
    [Alias("WaitFor"), AlwaysInterleave]
    Task<FeatureProgress> WaitFor(long feedEpoch, long sequence);
}
