using System.Collections.Immutable;
using BtcAgent.Contracts.Trading;

namespace BtcAgent.Grains.Measurement;

/// <summary>The newest report of each silo. One that has fallen silent has ended and no longer counts.</summary>
internal sealed class SiloLatencies
{
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, (DateTimeOffset Told, ImmutableArray<StageCounts> Stages)> _silos = new(StringComparer.Ordinal);

    public void Report(string silo, ImmutableArray<StageCounts> stages, DateTimeOffset now) => _silos[silo] = (now, stages);

    public ImmutableArray<LatencyPercentiles> Read(DateTimeOffset now)
    {
        var all = new StageHistograms(StageHistograms.DigitsTold);
        foreach (var (silo, (told, stages)) in _silos)
        {
            if (now - told > SilenceMax)
            {
                _silos.Remove(silo);
            }
            else
            {
                all.Add(stages);
            }
        }

        return all.Read();
    }
}
