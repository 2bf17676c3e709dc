using System.Collections.Immutable;

namespace BtcAgent.Contracts.Trading;

/// <summary>The latency figures of all silos together.</summary>
[Alias("ILatencyGrain")]
public interface ILatencyGrain : IGrainWithStringKey
{
    const string Key = "latency";

    /// <summary>What a silo has measured since its start; takes the place of what it told before.</summary>
    [Alias("Report")]
    Task Report(string silo, ImmutableArray<StageCounts> stages);

    /// <summary>Every stage, over the silos that have told something lately.</summary>
    [Alias("Read")]
    Task<ImmutableArray<LatencyPercentiles>> Read();
}
