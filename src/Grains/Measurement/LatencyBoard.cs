using System.Collections.Immutable;
using BtcAgent.Contracts.Trading;

namespace BtcAgent.Grains.Measurement;

/// <summary>What this process has measured since its start.</summary>
public sealed class LatencyBoard : ILatencyBoard
{
    private readonly StageHistograms _stages = new(digits: 3);
    private readonly Lock _lock = new();

    public void Record(LatencyStage stage, TimeSpan elapsed)
    {
        lock (_lock)
        {
            _stages.Add(stage, (long)elapsed.TotalMicroseconds);
        }

        AgentMeter.Latency.Record(elapsed.TotalMilliseconds, new KeyValuePair<string, object?>("stage", stage.ToString()));
    }

    public IReadOnlyList<LatencyPercentiles> Read()
    {
        lock (_lock)
        {
            return _stages.Read();
        }
    }

    public ImmutableArray<StageCounts> Counts()
    {
        lock (_lock)
        {
            return _stages.Counts();
        }
    }
}
