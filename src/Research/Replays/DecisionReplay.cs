using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Research.Replays;

/// <summary>
/// Replays one recorded decision from the market data it names. The model gets the same samples as then: those that the
/// strategy decided since the model was opened.
/// </summary>
public sealed class DecisionReplay
{
    private readonly Decision _decision;
    private readonly SampleReplay _samples;
    private readonly ISignalModel _model;
    private readonly Dictionary<Timestamp, Decision> _earlier;
    private readonly List<Bar> _bars = [];
    private bool _isFirstDecision = true;
    private long _scored;
    private FeatureSample? _last;
    private FeatureSample? _made;
    private ModelScore _score;
    private FirstDivergence? _firstDivergence;

    /// <param name="decision">The recorded decision.</param>
    /// <param name="history">The strategy's decisions before it since its model was opened, in order.</param>
    /// <param name="samples">A new sample replay.</param>
    /// <param name="model">A new model.</param>
    public DecisionReplay(Decision decision, IEnumerable<Decision> history, SampleReplay samples, ISignalModel model)
    {
        _decision = decision;
        _samples = samples;
        _model = model;
        _earlier = [];
        foreach (var earlier in history)
        {
            if (earlier.Sample.Position?.Origin == decision.Sample.Position?.Origin)
            {
                _earlier[earlier.Sample.EventTime] = earlier;
            }
            else
            {
                // From a history of book and features that ended before this one began.
                FromRecord++;
                Score(earlier.Sample);
            }
        }

        History = _earlier.Count;
        _earlier[decision.Sample.EventTime] = decision;
    }

    /// <summary>True when further batches change nothing.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Number of earlier samples that are replayed for the model.</summary>
    public int History { get; }

    /// <summary>Number of earlier samples that the model gets as recorded.</summary>
    public int FromRecord { get; }

    public void Apply(MarketDataBatch batch)
    {
        foreach (var sample in _samples.Apply(batch))
        {
            if (IsDone || sample.EventTime > _decision.Sample.EventTime)
            {
                IsDone = true;
                return;
            }

            _last = sample;
            _bars.AddRange(sample.ClosedBars);
            if (_earlier.TryGetValue(sample.EventTime, out var recorded))
            {
                Decide(sample, recorded);
            }
        }
    }

    /// <summary>The decision's replayed sample; null until it is complete.</summary>
    public FeatureSample? Made => _made;

    public (IReadOnlyList<StepResult> Steps, FirstDivergence? FirstDivergence) Finish()
    {
        var steps = new DecisionSteps(_decision, _samples.Schema);
        return (
            _made is null
                ? steps.WithoutSample(_last is null ? "no sample at all" : $"no sample; the last one at {_last.EventTime}")
                : steps.Of(_made, _model, _score, _scored),
            _firstDivergence);
    }

    private void Decide(FeatureSample sample, Decision recorded)
    {
        // This sample carries the bars of skipped samples; the model has already seen all earlier bars.
        var known = Math.Max(0, _bars.Count - recorded.Sample.ClosedBars.Length);
        if (!_isFirstDecision)
        {
            foreach (var bar in _bars.Take(known))
            {
                _model.OnBar(in bar);
            }
        }

        _isFirstDecision = false;
        var made = sample with { ClosedBars = [.. _bars.Skip(known)] };
        _bars.Clear();
        var score = Score(made);
        if (_firstDivergence is null
            && ImageOf(recorded.Sample).Compare(StepNames.Features, ImageOf(made)) is { Outcome: StepOutcome.Diverges } features)
        {
            _firstDivergence = new FirstDivergence(
                recorded.Id.Text, recorded.Sample.EventTime, recorded.Sample.LastSequence, recorded.Sample.Position?.Offset ?? -1, features.Field!);
        }

        if (recorded.Id == _decision.Id)
        {
            _made = made;
            _score = score;
            IsDone = true;
        }
    }

    private ModelScore Score(FeatureSample sample)
    {
        _scored++;
        foreach (var bar in sample.ClosedBars)
        {
            _model.OnBar(in bar);
        }

        return _model.Score(sample);
    }

    private StepImage ImageOf(FeatureSample sample) => DecisionImages.Of(sample, _samples.Schema);
}
