using System.Collections.Immutable;

namespace BtcAgent.Contracts.Trading;

/// <summary>What all silos together have measured of themselves: latencies, and how far their sinks are behind.</summary>
[Alias("ILatencyGrain")]
public interface ILatencyGrain : IGrainWithStringKey
{
    const string Key = "latency";

    /// <summary>What a silo has measured; takes the place of what it told before.</summary>
    [Alias("ReportFigures")]
    Task Report(string silo, SiloFigures figures);

    /// <summary>Every stage, over the silos that have told something lately.</summary>
    [Alias("Read")]
    Task<ImmutableArray<LatencyPercentiles>> Read();

    /// <summary>The same of the last minutes alone, and how far the sinks are behind.</summary>
    [Alias("ReadLately")]
    Task<RecentFigures> ReadLately();
}
