using System.Globalization;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Conversion;
using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Scoring;

namespace BtcAgent.Models.LightGbm.Signals;

/// <summary>
/// Serves a trained binary forest as a signal: the score is the calibrated probability of a rise, the confidence |2p − 1|.
/// Enters at the policy's entry confidence and stays until the confidence falls below the exit or the other side is
/// entered.
/// </summary>
public sealed class ForestSignalModel : ITrainedModel, IDisposable
{
    /// <summary>Fraction of training rows without a value up to which a feature counts as always known.</summary>
    private const double MissingShareMax = 0.001;

    /// <summary>
    /// … and up to which sentiment and releases do: their source may have been away for hours of the training, which says little about trading without it.
    /// </summary>
    private const double SourceMissingShareMax = 0.1;

    private const int NamesShown = 5;

    /// <summary>Rounding of a probability in the calibration curve, beside that of the raw score.</summary>
    private const double CurveRounding = 1e-12;

    private static readonly double RawRounding = new ConversionCheckOptions().MaxRelativeDifference;

    private readonly ModelManifest _manifest;
    private readonly OnnxScorer _scorer;
    private readonly float[] _low;
    private readonly float[] _high;
    private readonly bool[] _alwaysKnown;
    private readonly bool[] _needsSentiment;
    private readonly bool[] _needsReleases;
    private readonly float[] _input;
    private readonly ForestEvaluator _evaluator;
    private readonly double[] _row;
    private readonly double _greatestLeaf;
    private SignalDirection _direction = SignalDirection.Flat;

    internal ForestSignalModel(string id, string hash, ModelManifest manifest, FeatureSchema schema, OnnxModel model, ForestEvaluator evaluator)
    {
        Id = id;
        Hash = hash;
        TrainedTo = Timestamp.FromDateTimeOffset(manifest.TrainedTo);
        _manifest = manifest;
        _low = [.. manifest.Features.Select(f => f.IsUsed ? f.Low ?? float.NegativeInfinity : float.NegativeInfinity)];
        _high = [.. manifest.Features.Select(f => f.IsUsed ? f.High ?? float.PositiveInfinity : float.PositiveInfinity)];
        var split = evaluator.Forest.Trees.SelectMany(tree => tree.Splits).Select(split => (int)split.Feature).ToHashSet();
        _alwaysKnown = [.. manifest.Features.Select((f, i) => !IsOfSource(GroupOf(i)) && f.IsUsed && f.MissingShare <= MissingShareMax)];
        _needsSentiment = [.. manifest.Features.Select((_, i) => Needs(i, FeatureGroup.Sentiment))];
        _needsReleases = [.. manifest.Features.Select((_, i) => Needs(i, FeatureGroup.Economy))];
        _input = new float[manifest.Features.Length];
        _scorer = model.CreateScorer();
        _evaluator = evaluator;
        _row = new double[_input.Length];
        _greatestLeaf = evaluator.Forest.Trees.Max(tree => tree.LeafValues.Max(Math.Abs));
        Baseline = manifest.ToBaseline();

        FeatureGroup GroupOf(int feature) => schema.Definitions[feature].Group;

        bool Needs(int feature, FeatureGroup group) =>
            GroupOf(feature) == group && split.Contains(feature) && manifest.Features[feature].MissingShare <= SourceMissingShareMax;
    }

    public string Id { get; }

    public string Hash { get; }

    public Timestamp TrainedTo { get; }

    public ModelBaseline Baseline { get; }

    public void OnBar(in Bar bar)
    {
    }

    public ModelScore Score(FeatureSample sample)
    {
        var values = sample.Values.AsSpan();
        int missing = 0, withoutSentiment = 0, withoutReleases = 0, outside = 0;
        for (var i = 0; i < _input.Length; i++)
        {
            var value = _input[i] = values[i];
            missing += float.IsNaN(value) && _alwaysKnown[i] ? 1 : 0;
            withoutSentiment += float.IsNaN(value) && _needsSentiment[i] ? 1 : 0;
            withoutReleases += float.IsNaN(value) && _needsReleases[i] ? 1 : 0;
            outside += value < _low[i] || value > _high[i] ? 1 : 0;
        }

        if (missing > 0)
        {
            return ModelScore.WarmingUp($"{missing} features that were always known in training are unknown: {Names(i => float.IsNaN(_input[i]) && _alwaysKnown[i])}");
        }

        if (withoutSentiment > 0)
        {
            return ModelScore.WithoutSentiment($"{withoutSentiment} sentiment features that the model was trained with are unknown: {Names(i => float.IsNaN(_input[i]) && _needsSentiment[i])}");
        }

        if (withoutReleases > 0)
        {
            return ModelScore.WithoutReleases($"{withoutReleases} features of economic releases that the model was trained with are unknown: {Names(i => float.IsNaN(_input[i]) && _needsReleases[i])}");
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

    /// <summary>
    /// Walks the trees of the model's text in managed code, in double precision. The range is the rounding that the conversion check
    /// allows ONNX Runtime.
    /// </summary>
    public ScoreRange Recompute(ReadOnlySpan<float> values)
    {
        for (var i = 0; i < _row.Length; i++)
        {
            _row[i] = values[i];
        }

        Span<double> raw = [0];
        _evaluator.Raw(_row, raw);
        var rounding = RawRounding * Math.Max(Math.Abs(raw[0]), _greatestLeaf);
        var (one, other) = (_manifest.Calibration.Apply(raw[0] - rounding), _manifest.Calibration.Apply(raw[0] + rounding));
        return new(Math.Min(one, other) - CurveRounding, Math.Max(one, other) + CurveRounding);
    }

    public void Dispose() => _scorer.Dispose();

    private static bool IsOfSource(FeatureGroup group) => group is FeatureGroup.Sentiment or FeatureGroup.Economy;

    private string Outside(int count) => string.Create(
        CultureInfo.InvariantCulture,
        $"{count} features outside their training range, at most {_manifest.Policy.OutOfRangeMax}: {Names(i => _input[i] < _low[i] || _input[i] > _high[i])}");

    private string Names(Func<int, bool> chosen) => string.Join(
        ", ", Enumerable.Range(0, _input.Length).Where(chosen).Take(NamesShown).Select(i => _manifest.Features[i].Name));
}
