using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Indicators;
using BtcAgent.Domain.Snapshots;
using BtcAgent.Domain.Strategies;

namespace BtcAgent.Domain.Tests.Strategies;

/// <summary>Buys below the lower band, sells above the upper one, and keeps in between; remembers the bars it was given.</summary>
internal sealed class BandStrategy(int barSeconds, int length) : BarStrategy(barSeconds)
{
    private readonly int _length = length;
    private readonly BollingerBands _bands = new(length, 1);

    public List<Bar> Seen { get; } = [];


    protected override StrategySignal OnBar(in Bar bar)
    {
        Seen.Add(bar);
        var close = bar.Close.ToDouble();
        _bands.Add(close);
        if (double.IsNaN(_bands.Lower))
        {
            return NotReady($"needs {_length} bars");
        }

        return bar.Close.ToDouble() switch
        {
            666 => throw new InvalidOperationException("a price of the devil"),
            _ when close < _bands.Lower => Long("below the lower band", confidence: 0.6, expectedMoveBps: 12),
            _ when close > _bands.Upper => Short("above the upper band", confidence: 2),
            _ => Keep("between the bands"),
        };
    }

    protected override void SaveState(StateWriter writer) => _bands.Save(writer);

    protected override void LoadState(StateReader reader) => _bands.Load(reader);

}
