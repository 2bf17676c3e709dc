using BtcAgent.Domain.Bars;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Tracks;

namespace BtcAgent.Research.Optimization.Sweeps;

/// <summary>
/// The reference rule with many pairs of lengths over the same bars, in columns: averages, decisions and equity of several sets
/// are one vector. Invariants: (1) each set has the trades of <see cref="BarBacktest"/> with the rule, at the same decimal prices,
/// sizes and fees; (2) its equity has the same bits at each bar, so that every figure has; (3) a set that runs out of money or
/// cannot be sized gives no figures, and its own backtest says why.
/// </summary>
public sealed class EmaCrossSweep
{
    /// <summary>Sets of one pass over the bars: their columns stay in the first cache.</summary>
    private const int BlockSets = 128;

    private readonly BarBacktestOptions _options;
    private readonly ReadOnlyMemory<Bar> _bars;
    private readonly double[] _closes;
    private readonly bool[] _hasRange;
    private readonly bool[] _endsPeriod;

    /// <param name="bars">Bars in time order.</param>
    /// <param name="options">Costs and size; without protective exits, which look inside each bar.</param>
    /// <exception cref="ArgumentException">An option is out of range, or has exits.</exception>
    public EmaCrossSweep(ReadOnlyMemory<Bar> bars, BarBacktestOptions options)
    {
        options.Check();
        if (!CanRun(options))
        {
            throw new ArgumentException("a sweep in columns has no protective exits: run the backtests one by one", nameof(options));
        }

        (_options, _bars) = (options, bars);
        (_closes, _hasRange, _endsPeriod) = (new double[bars.Length], new bool[bars.Length], new bool[bars.Length]);
        var span = bars.Span;
        var period = bars.IsEmpty ? ReturnPeriod.For(TimeSpan.Zero) : ReturnPeriod.For(span[^1].CloseTime - span[0].CloseTime);
        for (var i = 0; i < span.Length; i++)
        {
            ref readonly var bar = ref span[i];
            _closes[i] = bar.Close.ToDouble();
            _hasRange[i] = bar.Open != bar.High || bar.High != bar.Low || bar.Low != bar.Close;
            _endsPeriod[i] = i == span.Length - 1
                || EquityRecorder.PeriodOf(span[i + 1].CloseTime, period) != EquityRecorder.PeriodOf(bar.CloseTime, period);
        }
    }

    /// <summary>True for options that a sweep in columns follows.</summary>
    public static bool CanRun(BarBacktestOptions options) => options.Exits == ExitOptions.None;

    /// <param name="sets">Lengths of the fast and the slow average, 1 ≤ fast &lt; slow.</param>
    /// <param name="progress">Receives the completed share, 0…1.</param>
    /// <param name="cancellationToken">Checked at each block of sets.</param>
    /// <returns>One per set; null for a set whose own backtest has to say why it fails.</returns>
    /// <exception cref="ArgumentException">A set's lengths are not valid.</exception>
    public SweepFigures?[] Run(
        IReadOnlyList<(int Fast, int Slow)> sets, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        foreach (var (fast, slow) in sets)
        {
            if (fast < 1 || slow <= fast)
            {
                throw new ArgumentException($"ema-cross needs 1 <= fast < slow, not fast {fast} and slow {slow}", nameof(sets));
            }
        }

        var figures = new SweepFigures?[sets.Count];
        for (var from = 0; from < sets.Count; from += BlockSets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(BlockSets, sets.Count - from);
            var block = new SweepBlock([.. sets.Skip(from).Take(count)], _options);
            block.Run(_bars.Span, _closes, _hasRange, _endsPeriod);
            block.Figures().CopyTo(figures, from);
            progress?.Report((double)(from + count) / sets.Count);
        }

        return figures;
    }
}
