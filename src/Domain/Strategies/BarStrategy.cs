using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Strategies;

/// <summary>
/// Decides once at the close of each bar. Its bars have one length everywhere: those of a file or of the agent are merged
/// to it. Intervals without trades have no bar. The signal of a bar is in force until the next one.
/// </summary>
/// <param name="barSeconds">Length of a bar in seconds, 1…86,400; a multiple of the bars it is made of.</param>
public abstract class BarStrategy(int barSeconds) : Strategy
{
    private const int DaySeconds = 86_400;

    private readonly BarMerger _bars = new(TimeSpan.FromSeconds(
        barSeconds is >= 1 and <= DaySeconds
            ? barSeconds
            : throw new ArgumentException($"a bar must have 1…{DaySeconds} seconds, not {barSeconds}")));

    private StrategySignal _signal = NotReady("no bar has closed yet");

    /// <summary>Length of the bars it decides on.</summary>
    public TimeSpan BarInterval => _bars.Interval;

    protected abstract StrategySignal OnBar(in Bar bar);

    internal override void Begin(StrategySetup setup)
    {
        var given = setup.Schema.BarInterval;
        if (_bars.Interval.Ticks % given.Ticks != 0)
        {
            throw new ArgumentException(
                $"{setup.Id} decides on bars of {_bars.Interval.TotalSeconds} s, which cannot be made of bars of {given.TotalSeconds} s: "
                + "give it shorter bars that divide its own, or set its parameter for the length of a bar to a multiple of theirs");
        }

        base.Begin(setup);
    }

    private protected sealed override void Take(in Bar bar)
    {
        _bars.OnBar(in bar);
        while (_bars.TryTakeClosed(out var closed))
        {
            _signal = Resolve(OnBar(in closed));
        }
    }

    private protected sealed override StrategySignal Decide(FeatureSample sample) => _signal;

    private protected sealed override void SaveBars(StateWriter writer)
    {
        _bars.Save(writer);
        Write(writer, in _signal);
    }

    private protected sealed override void LoadBars(StateReader reader)
    {
        _bars.Load(reader);
        _signal = Read(reader);
    }
}
