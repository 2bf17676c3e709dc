using System.Collections.Immutable;
using BtcAgent.Contracts.Measurement;

namespace BtcAgent.Grains.Measurement;

/// <summary>Keeps each silo's last report in memory only: the silos report every second.</summary>
internal sealed class LatencyGrain(TimeProvider time) : Grain, ILatencyGrain
{
    private readonly SiloLatencies _silos = new();

    public Task Report(string silo, SiloFigures figures)
    {
        _silos.Report(silo, figures, time.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<LatencyPercentiles>> Read() => Task.FromResult(_silos.Read(time.GetUtcNow()));

    public Task<RecentFigures> ReadLately() => Task.FromResult(_silos.ReadLately(time.GetUtcNow()));
}
