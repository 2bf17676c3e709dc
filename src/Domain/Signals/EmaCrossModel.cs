using System.Globalization;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Indicators;

namespace BtcAgent.Domain.Signals;

/// <summary>
/// The reference rule: long while the fast EMA is at or above the slow EMA, otherwise short. EMAs start at the first close
/// and take every bar. The rule decides from the bar on at which the slow one has n bars, and keeps its direction at a bar
/// with O = H = L = C, which shows no trading.
/// </summary>
public sealed class EmaCrossModel : ISignalModel
{
    /// <summary>EMA distance at which confidence reaches 1, in basis points.</summary>
    private const double FullConfidenceBps = 5;

    private readonly int _slowLength;
    private readonly Ema _fast;
    private readonly Ema _slow;

    /// <param name="fast">Bars of the fast EMA, at least 1.</param>
    /// <param name="slow">Bars of the slow EMA, more than <paramref name="fast"/>.</param>
    public EmaCrossModel(int fast, int slow)
    {
        if (fast < 1 || slow <= fast)
        {
            throw new ArgumentException($"ema-cross needs 1 <= fast < slow, not fast {fast} and slow {slow}");
        }

        _slowLength = slow;
        _fast = new Ema(fast, seedWithFirst: true);
        _slow = new Ema(slow, seedWithFirst: true);
        Id = string.Create(CultureInfo.InvariantCulture, $"ema-cross({fast},{slow})");
    }

    public string Id { get; }

    public string Hash => Id;

    public Timestamp TrainedTo => Timestamp.Unknown;

    /// <summary>Position that the rule wants after the last bar; null until its first decision.</summary>
    public SignalDirection? Direction { get; private set; }

    public void OnBar(in Bar bar)
    {
        var close = bar.Close.ToDouble();
        _fast.Add(close);
        _slow.Add(close);
        var hasRange = bar.Open != bar.High || bar.High != bar.Low || bar.Low != bar.Close;
        if (hasRange && _slow.IsWarm)
        {
            Direction = _fast.Value >= _slow.Value ? SignalDirection.Long : SignalDirection.Short;
        }
    }

    public ModelScore Score(FeatureSample sample)
    {
        if (Direction is not { } direction)
        {
            return ModelScore.WarmingUp(_slow.IsWarm
                ? $"{_slow.Count} bars, and a bar with a range is needed to decide"
                : $"{_slow.Count} of {_slowLength} bars");
        }

        var distance = 1e4 * (_fast.Value - _slow.Value) / _slow.Value;
        // At a bar without a range the averages may cross while the direction stays: the confidence is then 0.
        return new ModelScore(
            direction,
            distance,
            Math.Clamp((int)direction * distance / FullConfidenceBps, 0, 1),
            double.NaN);
    }
}
