using System.Collections.Immutable;

namespace BtcAgent.Contracts.Trading;

/// <summary>This process's latency figures; <see cref="ILatencyGrain"/> has those of all.</summary>
public interface ILatencyBoard
{
    void Record(LatencyStage stage, TimeSpan elapsed);

    IReadOnlyList<LatencyPercentiles> Read();

    /// <summary>All that was recorded; stages without a time are left out.</summary>
    ImmutableArray<StageCounts> Counts();

    /// <summary>What was recorded within the last ten minutes: an hour ago says nothing of now.</summary>
    ImmutableArray<StageCounts> CountsLately();
}
