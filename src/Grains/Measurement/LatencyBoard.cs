using System.Collections.Immutable;
using BtcAgent.Contracts.Measurement;

namespace BtcAgent.Grains.Measurement;

/// <summary>This process's measurements since its start, and within a sliding window.</summary>
public sealed class LatencyBoard(TimeProvider time) : ILatencyBoard
{
    /// <summary>Number of slices of the window; a new slice replaces the oldest.</summary>
    internal const int Slices = 20;

    internal static readonly TimeSpan Slice = TimeSpan.FromSeconds(30);

    private readonly StageHistograms _stages = new(digits: 3);
    private readonly StageHistograms[] _slices = [.. Enumerable.Range(0, Slices).Select(_ => new StageHistograms(StageHistograms.DigitsReported))];
    private readonly long[] _numbers = [.. Enumerable.Repeat(-1L, Slices)];
    private readonly Lock _lock = new();

    public void Record(LatencyStage stage, TimeSpan elapsed)
    {
        lock (_lock)
        {
            _stages.Add(stage, (long)elapsed.TotalMicroseconds);
            Current().Add(stage, (long)elapsed.TotalMicroseconds);
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

    public ImmutableArray<StageCounts> CountsLately()
    {
        lock (_lock)
        {
            var oldest = Number() - Slices + 1;
            var window = new StageHistograms(StageHistograms.DigitsReported);
            for (var i = 0; i < Slices; i++)
            {
                if (_numbers[i] >= oldest)
                {
                    window.Add(_slices[i]);
                }
            }

            return window.Counts();
        }
    }

    /// <summary>Number of the current slice, by the monotonic clock.</summary>
    private long Number() => time.GetElapsedTime(0).Ticks / Slice.Ticks;

    private StageHistograms Current()
    {
        var number = Number();
        var at = number % Slices;
        if (_numbers[at] != number)
        {
            _slices[at].Clear();
            _numbers[at] = number;
        }

        return _slices[at];
    }
}
