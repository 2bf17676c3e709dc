using System.Collections.Immutable;
using BtcAgent.Contracts.Measurement;

namespace BtcAgent.Grains.Measurement;

/// <summary>The newest report of each silo. The report of a silent silo expires.</summary>
internal sealed class SiloLatencies
{
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, (DateTimeOffset ReportedAt, SiloFigures Figures)> _silos = new(StringComparer.Ordinal);

    public void Report(string silo, SiloFigures figures, DateTimeOffset now) => _silos[silo] = (now, figures);

    public ImmutableArray<LatencyPercentiles> Read(DateTimeOffset now) => Sum(Living(now), figures => figures.SinceStart);

    public RecentFigures ReadLately(DateTimeOffset now)
    {
        var living = Living(now);
        return new RecentFigures(
            Sum(living, figures => figures.Lately), living.Count == 0 ? null : living.Max(figures => figures.SinkLagSeconds));
    }

    private static ImmutableArray<LatencyPercentiles> Sum(List<SiloFigures> silos, Func<SiloFigures, ImmutableArray<StageCounts>> stages)
    {
        var all = new StageHistograms(StageHistograms.DigitsReported);
        foreach (var figures in silos)
        {
            all.Add(stages(figures));
        }

        return all.Read();
    }

    private List<SiloFigures> Living(DateTimeOffset now)
    {
        foreach (var (silo, (reportedAt, _)) in _silos)
        {
            if (now - reportedAt > SilenceMax)
            {
                _silos.Remove(silo);
            }
        }

        return [.. _silos.Values.Select(report => report.Figures)];
    }
}
