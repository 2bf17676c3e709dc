using System.Collections.Immutable;

namespace BtcAgent.Contracts.Measurement;

/// <summary>Combines the measurements of all silos: latencies, and the lag of their sinks.</summary>
[Alias("ILatencyGrain")]
public interface ILatencyGrain : IGrainWithStringKey
{
    const string Key = "latency";

    /// <summary>Stores a silo's figures in place of its previous ones.</summary>
    [Alias("ReportFigures")]
    Task Report(string silo, SiloFigures figures);

    /// <summary>Returns every stage, over the silos that have reported recently.</summary>
    [Alias("Read")]
    Task<ImmutableArray<LatencyPercentiles>> Read();

    /// <summary>Returns the same for the last ten minutes only, and the lag of the sinks.</summary>
    [Alias("ReadLately")]
    Task<RecentFigures> ReadLately();
}
