using System.Globalization;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Scoring;

namespace BtcAgent.Models.LightGbm.Signals;

/// <summary>
/// Serves a trained binary forest as a signal: the score is the calibrated probability of a rise, the confidence |2p − 1|.
/// Enters at the policy's entry confidence and stays until the confidence falls below the exit or the other side is
/// entered.
/// </summary>
public sealed class ForestSignalModel : ISignalModel, IDisposable
{
    /// <summary>Fraction of training rows without a value up to which a feature counts as always known.</summary>
    private const double MissingShareMax = 0.001;

    private const int NamesShown = 5;

    private readonly ModelManifest _manifest;
    private readonly OnnxScorer _scorer;
    private readonly float[] _low;
    private readonly float[] _high;
    private readonly bool[] _alwaysKnown;
    private readonly float[] _input;
    private SignalDirection _direction = SignalDirection.Flat;

    internal ForestSignalModel(string id, string hash, ModelManifest manifest, OnnxModel model)
    {
        Id = id;
        Hash = hash;
        TrainedTo = Timestamp.FromDateTimeOffset(manifest.TrainedTo);
        _manifest = manifest;
        _low = [.. manifest.Features.Select(f => f.IsUsed ? f.Low ?? float.NegativeInfinity : float.NegativeInfinity)];
        _high = [.. manifest.Features.Select(f => f.IsUsed ? f.High ?? float.PositiveInfinity : float.PositiveInfinity)];
        _alwaysKnown = [.. manifest.Features.Select(f => f.IsUsed && f.MissingShare <= MissingShareMax)];
        _input = new float[manifest.Features.Length];
        _scorer = model.CreateScorer();
    }

    public string Id { get; }

    public string Hash { get; }

    public Timestamp TrainedTo { get; }

    public void OnBar(in Bar bar)
    {
    }

    public ModelScore Score(FeatureSample sample)
    {
        var values = sample.Values.AsSpan();
        int missing = 0, outside = 0;
        for (var i = 0; i < _input.Length; i++)
        {
            var value = _input[i] = values[i];
            missing += float.IsNaN(value) && _alwaysKnown[i] ? 1 : 0;
            outside += value < _low[i] || value > _high[i] ? 1 : 0;
        }

        if (missing > 0)
        {
            return ModelScore.WarmingUp($"{missing} features that were always known in training are unknown: {Names(i => float.IsNaN(_input[i]) && _alwaysKnown[i])}");
        }

        _scorer.Score(_input, out var raw, out _);
        var probability = _manifest.Calibration.Apply(raw);
        var confidence = Math.Abs((2 * probability) - 1);
        _direction = _manifest.Policy.Next(_direction, probability);
        return new ModelScore(
            _direction,
            probability,
            confidence,
            confidence * _manifest.Policy.MeanMoveBps,
            OutOfDistribution: outside > _manifest.Policy.OutOfRangeMax ? Outside(outside) : null,
            FeaturesOutOfRange: outside);
    }

    public void Dispose() => _scorer.Dispose();

    private string Outside(int count) => string.Create(
        CultureInfo.InvariantCulture,
        $"{count} features outside their training range, at most {_manifest.Policy.OutOfRangeMax}: {Names(i => _input[i] < _low[i] || _input[i] > _high[i])}");

    private string Names(Func<int, bool> chosen) => string.Join(
        ", ", Enumerable.Range(0, _input.Length).Where(chosen).Take(NamesShown).Select(i => _manifest.Features[i].Name));
}
