using System.Globalization;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Indicators;

namespace BtcAgent.Domain.Signals;

/// <summary>
/// The reference rule: long while the fast EMA is at or above the slow EMA, otherwise short. EMAs start at the first close;
/// decisions begin at the bar at which the slow one has n bars; bars with O = H = L = C change nothing.
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

    /// <summary>Position that the rule wants after the last bar; null until the slow EMA has its bars.</summary>
    public SignalDirection? Direction =>
        !_slow.IsWarm ? null : _fast.Value >= _slow.Value ? SignalDirection.Long : SignalDirection.Short;

    public void OnBar(in Bar bar)
    {
        if (bar.Open == bar.High && bar.High == bar.Low && bar.Low == bar.Close)
        {
            return;
        }

        var close = bar.Close.ToDouble();
        _fast.Add(close);
        _slow.Add(close);
    }

    public ModelScore Score(FeatureSample sample)
    {
        if (Direction is not { } direction)
        {
            return ModelScore.WarmingUp($"{_slow.Count} of {_slowLength} bars with a range");
        }

        var distance = 1e4 * (_fast.Value - _slow.Value) / _slow.Value;
        return new ModelScore(
            direction,
            distance,
            Math.Clamp(Math.Abs(distance) / FullConfidenceBps, 0, 1),
            double.NaN);
    }
}
