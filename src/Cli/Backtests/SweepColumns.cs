using BtcAgent.Cli.Inputs;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Optimization.Sweeps;

namespace BtcAgent.Cli.Backtests;

/// <summary>The combinations of a sweep of ema-cross that are computed in columns, with the figures of their backtests.</summary>
/// <param name="fast">Length of the fast average where it is not swept.</param>
/// <param name="slow">Length of the slow average where it is not swept.</param>
internal sealed class SweepColumns(int fast, int slow)
{
    private readonly Dictionary<(int Fast, int Slow), SweepFigures> _figures = [];

    /// <summary>Figures of a combination; null for one that has to be run alone.</summary>
    public SweepFigures? Of(IReadOnlyDictionary<string, double> tried) =>
        PairOf(tried) is { } pair && _figures.TryGetValue(pair, out var figures) ? figures : null;

    /// <param name="bars">Bars of the one instrument.</param>
    /// <param name="options">Costs and size, without exits.</param>
    /// <param name="combinations">Parameters by name.</param>
    /// <param name="progress">Receives the completed share.</param>
    /// <param name="cancellationToken">Checked at each block of combinations.</param>
    public void Run(
        BarSet bars,
        BarBacktestOptions options,
        IEnumerable<IReadOnlyDictionary<string, double>> combinations,
        IProgress<double> progress,
        CancellationToken cancellationToken)
    {
        (int Fast, int Slow)[] pairs = [.. combinations.Select(PairOf).OfType<(int, int)>().Distinct()];
        var figures = new EmaCrossSweep(bars.Series.Bars, options).Run(pairs, progress, cancellationToken);
        for (var i = 0; i < pairs.Length; i++)
        {
            if (figures[i] is { } known)
            {
                _figures.Add(pairs[i], known);
            }
        }
    }

    private (int Fast, int Slow)? PairOf(IReadOnlyDictionary<string, double> tried)
    {
        var (quick, lazy) = (tried.GetValueOrDefault("fast", fast), tried.GetValueOrDefault("slow", slow));
        return tried.Keys.All(k => k is "fast" or "slow") && quick == (int)quick && lazy == (int)lazy && quick >= 1 && lazy > quick
            ? ((int)quick, (int)lazy)
            : null;
    }
}
