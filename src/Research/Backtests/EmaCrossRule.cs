using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Indicators;

namespace BtcAgent.Research.Backtests;

/// <summary>
/// The reference strategy over bars, as <see cref="Domain.Signals.EmaCrossModel"/> scores it: from the bar on which the slow
/// EMA has its n bars, fast at or above slow means long, else short. A bar whose four prices are equal changes nothing.
/// </summary>
public sealed class EmaCrossRule : IBarRule
{
    private readonly Ema _fast;
    private readonly Ema _slow;

    /// <param name="fast">Bars of the fast EMA, at least 1.</param>
    /// <param name="slow">Bars of the slow EMA, more than <paramref name="fast"/>.</param>
    public EmaCrossRule(int fast, int slow)
    {
        if (fast < 1 || slow <= fast)
        {
            throw new ArgumentException($"ema-cross needs 1 <= fast < slow, not fast {fast} and slow {slow}");
        }

        _fast = new Ema(fast, seedWithFirst: true);
        _slow = new Ema(slow, seedWithFirst: true);
    }

    public BarWish OnBar(in Bar bar)
    {
        if (bar.Open == bar.High && bar.High == bar.Low && bar.Low == bar.Close)
        {
            return BarWish.Stay;
        }

        var close = bar.Close.ToDouble();
        var fast = _fast.Add(close);
        var slow = _slow.Add(close);
        return !_slow.IsWarm ? BarWish.Stay : fast >= slow ? BarWish.Long : BarWish.Short;
    }
}
