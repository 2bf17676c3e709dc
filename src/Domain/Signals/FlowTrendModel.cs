using System.Globalization;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;

namespace BtcAgent.Domain.Signals;

/// <summary>
/// Follows persistent order flow: score = (trade flow of 60 s ÷ 0.5 + return of 30 s ÷ 3 of its standard deviations) ÷ 2, each
/// part within −1…1. Enters when |score| reaches the entry threshold and stays until it falls below the exit threshold.
/// <para>
/// Its expected move, which the risk rule <c>EXPECTED_COST</c> compares with the costs, is the moving average of the mid's move
/// from entry to exit over its positions, traded or not; it begins at the parameter <c>move</c>. On a market without trends
/// the average falls below the costs, and the rule waits.
/// </para>
/// </summary>
public sealed class FlowTrendModel : ISignalModel
{
    /// <summary>Trade flow that counts as full, of −1…1.</summary>
    private const double FullFlow = 0.5;

    /// <summary>Return that counts as full, in standard deviations.</summary>
    private const double FullDeviations = 3;

    private const double ReturnSeconds = 30;

    /// <summary>Weight of the newest position in the moving average: it spans about twenty of them.</summary>
    private const double NewestWeight = 0.05;

    private readonly ScoreThresholds _thresholds;
    private readonly int _flow;
    private readonly int _return;
    private readonly int _volatility;
    private SignalDirection _direction = SignalDirection.Flat;
    private decimal _entryMid;
    private double _moveBps;

    /// <param name="schema">Schema of the features.</param>
    /// <param name="entry">Score to enter at, above <paramref name="exit"/>, at most 1.</param>
    /// <param name="exit">Score to leave at, 0 or more.</param>
    /// <param name="moveBps">Expected move of a position before the first one is measured, in basis points, 0…1000.</param>
    public FlowTrendModel(FeatureSchema schema, double entry, double exit, double moveBps)
    {
        if (!(new ScoreThresholds(entry, exit).IsValid && entry <= 1 && moveBps is >= 0 and <= 1_000))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"flow-trend needs 0 <= exit < entry <= 1 and 0 <= move <= 1000, not entry {entry}, exit {exit} and move {moveBps}"));
        }

        _thresholds = new ScoreThresholds(entry, exit);
        _moveBps = moveBps;
        _flow = schema.IndexOf("tfi_60s");
        _return = schema.IndexOf("mid_return_30s");
        _volatility = schema.IndexOf("realized_vol_120s");
        Id = string.Create(CultureInfo.InvariantCulture, $"flow-trend({entry:R},{exit:R},{moveBps:R})");
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
        var trend = values[_return] / (FullDeviations * values[_volatility] * Math.Sqrt(ReturnSeconds));
        var score = (Math.Clamp(values[_flow] / FullFlow, -1, 1) + Math.Clamp(trend, -1, 1)) / 2;
        if (double.IsNaN(score))
        {
            _direction = SignalDirection.Flat;
            return ModelScore.WarmingUp("120 s of quotes and trades are needed");
        }

        MoveTo(_thresholds.Next(_direction, score), sample);
        return new ModelScore(
            _direction,
            score,
            Math.Abs(score),
            Math.Max(0, _moveBps) * Math.Min(1, Math.Abs(score) / _thresholds.Entry),
            Reason: string.Create(
                CultureInfo.InvariantCulture,
                $"score {score:F2} (trade flow {values[_flow]:F2}, trend {trend:F2}), enters at {_thresholds.Entry:0.##}, leaves below {_thresholds.Exit:0.##}"));
    }

    /// <summary>Measures the position that ends, if its quotes were known.</summary>
    private void MoveTo(SignalDirection next, FeatureSample sample)
    {
        if (next == _direction)
        {
            return;
        }

        var mid = sample.Quote.IsTwoSided ? sample.Quote.Mid : 0;
        if (_direction != SignalDirection.Flat && _entryMid > 0 && mid > 0)
        {
            var move = 1e4 * (int)_direction * (double)((mid / _entryMid) - 1);
            _moveBps += NewestWeight * (move - _moveBps);
        }

        (_direction, _entryMid) = (next, mid);
    }
}
