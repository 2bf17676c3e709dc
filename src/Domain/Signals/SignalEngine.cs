using BtcAgent.Domain.Features;

namespace BtcAgent.Domain.Signals;

/// <summary>
/// One strategy: scores each sample with its model, and refuses scores that must not be acted on, with the reasons.
/// <c>docs/architecture.md</c> lists the codes.
/// </summary>
public sealed class SignalEngine(InstrumentId instrument, string strategy, ISignalModel model, SignalOptions options)
{
    private SignalGate _gate = SignalGate.Of(options);

    /// <summary>The current model.</summary>
    public ISignalModel Model { get; private set; } = model;

    /// <summary>Event time of the first sample that the model scored; unknown before.</summary>
    public Timestamp ModelSince { get; private set; }

    /// <summary>Number of samples that the model has scored.</summary>
    public long ModelSamples { get; private set; }

    /// <summary>The model was loaded with the state that it had after these samples.</summary>
    public void Continue(Timestamp modelSince, long modelSamples) => (ModelSince, ModelSamples) = (modelSince, modelSamples);

    /// <summary>Scores with another model from the next sample on; direction and cool-down continue.</summary>
    /// <returns>The former model, which is no longer used.</returns>
    public ISignalModel Replace(ISignalModel next)
    {
        var former = Model;
        Model = next;
        (ModelSince, ModelSamples) = (default, 0);
        return former;
    }

    public Signal Evaluate(FeatureSample sample)
    {
        ModelSince = ModelSince.IsKnown ? ModelSince : sample.EventTime;
        ModelSamples++;
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
            ModelSince = ModelSince,
            ModelSamples = ModelSamples,
            ModelTrainedTo = Model.TrainedTo,
            FeaturesOutOfRange = score.FeaturesOutOfRange,
            Gate = gate,
            Reason = score.Reason,
        };
    }
}
