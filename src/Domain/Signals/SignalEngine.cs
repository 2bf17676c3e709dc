using BtcAgent.Domain.Features;

namespace BtcAgent.Domain.Signals;

/// <summary>
/// One strategy: scores each sample with its model, and refuses scores that must not be acted on, with the reasons.
/// <c>docs/architecture.md</c> lists the codes.
/// </summary>
public sealed class SignalEngine(InstrumentId instrument, string strategy, ISignalModel model, SignalOptions options)
{
    private SignalGate _gate = SignalGate.Of(options);
    private Timestamp _modelSince;
    private long _modelSamples;

    /// <summary>The current model.</summary>
    public ISignalModel Model { get; private set; } = model;

    /// <summary>Scores with another model from the next sample on; direction and cool-down continue.</summary>
    /// <returns>The former model, which is no longer used.</returns>
    public ISignalModel Replace(ISignalModel next)
    {
        var former = Model;
        Model = next;
        _modelSince = default;
        _modelSamples = 0;
        return former;
    }

    public Signal Evaluate(FeatureSample sample)
    {
        _modelSince = _modelSince.IsKnown ? _modelSince : sample.EventTime;
        _modelSamples++;
        foreach (var bar in sample.ClosedBars)
        {
            Model.OnBar(in bar);
        }

        var score = Model.Score(sample);
        var gate = _gate;
        var refusals = gate.Judge(sample, in score);
        _gate = gate.After(sample, in score, refusals);
        return new Signal
        {
            Instrument = instrument,
            Strategy = strategy,
            EventTime = sample.EventTime,
            ModelId = Model.Id,
            ModelHash = Model.Hash,
            Direction = score.Direction,
            Score = score.Score,
            Confidence = score.Confidence,
            ExpectedMoveBps = score.ExpectedMoveBps,
            Refusals = refusals,
            ModelSince = _modelSince,
            ModelSamples = _modelSamples,
            ModelTrainedTo = Model.TrainedTo,
            FeaturesOutOfRange = score.FeaturesOutOfRange,
            Gate = gate,
            Reason = score.Reason,
        };
    }
}
