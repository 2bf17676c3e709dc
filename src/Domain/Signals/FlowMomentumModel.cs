using System.Globalization;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;

namespace BtcAgent.Domain.Signals;

/// <summary>
/// Order-flow imbalance confirmed by trend: score = (OFI 15 s + TFI 15 s)/2 + EMA distance (10, in 10 bps). Enters when
/// |score| exceeds the entry threshold and stays until it falls below the exit threshold, to avoid churn.
/// </summary>
public sealed class FlowMomentumModel : ISignalModel
{
    private const double TrendScaleBps = 10;

    private readonly ScoreThresholds _thresholds;
    private readonly int _orderFlow;
    private readonly int _tradeFlow;
    private readonly int _trend;
    private SignalDirection _direction = SignalDirection.Flat;

    /// <param name="schema">Schema of the features.</param>
    /// <param name="entry">Score to enter at, above <paramref name="exit"/>.</param>
    /// <param name="exit">Score to leave at, 0 or more.</param>
    public FlowMomentumModel(FeatureSchema schema, double entry, double exit)
    {
        if (!new ScoreThresholds(entry, exit).IsValid)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"flow-momentum needs 0 <= exit < entry, not entry {entry} and exit {exit}"));
        }

        _thresholds = new ScoreThresholds(entry, exit);
        _orderFlow = schema.IndexOf("ofi_15s");
        _tradeFlow = schema.IndexOf("tfi_15s");
        _trend = schema.IndexOf("ema_distance_10");
        Id = string.Create(CultureInfo.InvariantCulture, $"flow-momentum({entry:R},{exit:R})");
    }

    public string Id { get; }

    public string Hash => Id;

    public Timestamp TrainedTo => Timestamp.Unknown;

    public void OnBar(in Bar bar)
    {
    }

    public ModelScore Score(FeatureSample sample)
    {
        var values = sample.Values;
        var flow = (values[_orderFlow] + (double)values[_tradeFlow]) / 2;
        var score = flow + (values[_trend] / TrendScaleBps);
        if (double.IsNaN(score))
        {
            _direction = SignalDirection.Flat;
            return ModelScore.WarmingUp("15 s of order flow and 10 bars are needed");
        }

        _direction = _thresholds.Next(_direction, score);
        return new ModelScore(_direction, score, Math.Clamp(Math.Abs(score) / (2 * _thresholds.Entry), 0, 1), double.NaN);
    }
}
