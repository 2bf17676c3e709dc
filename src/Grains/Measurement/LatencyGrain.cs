using System.Collections.Immutable;
using BtcAgent.Contracts.Trading;

namespace BtcAgent.Grains.Measurement;

/// <summary>Holds nothing that is not told again within a second.</summary>
internal sealed class LatencyGrain(TimeProvider time) : Grain, ILatencyGrain
{
    private readonly SiloLatencies _silos = new();

    public Task Report(string silo, ImmutableArray<StageCounts> stages)
    {
        _silos.Report(silo, stages, time.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<LatencyPercentiles>> Read() => Task.FromResult(_silos.Read(time.GetUtcNow()));
}
