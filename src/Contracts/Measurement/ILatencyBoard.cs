using System.Collections.Immutable;

namespace BtcAgent.Contracts.Measurement;

/// <summary>This process's latency figures; <see cref="ILatencyGrain"/> has those of all silos.</summary>
public interface ILatencyBoard
{
    void Record(LatencyStage stage, TimeSpan elapsed);

    IReadOnlyList<LatencyPercentiles> Read();

    /// <summary>Returns all measurements; stages without any are omitted.</summary>
    ImmutableArray<StageCounts> Counts();

    /// <summary>Returns the measurements of the last ten minutes.</summary>
    ImmutableArray<StageCounts> CountsLately();
}
