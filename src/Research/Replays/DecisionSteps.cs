using BtcAgent.Domain.Features;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Research.Replays;

/// <summary>Replays the steps of one recorded decision from a sample and a score, and compares each with the record.</summary>
public sealed class DecisionSteps(Decision recorded, FeatureSchema schema)
{
    private const string OlderVersion = "recorded by a version that did not store";

    /// <param name="last">Description of the missing sample.</param>
    public IReadOnlyList<StepResult> WithoutSample(string last)
    {
        const string Why = "there is no sample";
        return
        [
            StepResult.Diverges(
                StepNames.Features, DecisionImages.Of(recorded.Sample, schema).Length, 0, "event time", recorded.Sample.EventTime.ToString(), last),
            .. NotMade(Why, StepNames.Score, StepNames.Signal, StepNames.Verdict, StepNames.Order),
        ];
    }

    /// <param name="sample">The replayed sample.</param>
    /// <param name="model">The model, after this sample and those before it.</param>
    /// <param name="score">The model's score.</param>
    /// <param name="shown">Number of samples given to the model, including this one.</param>
    public IReadOnlyList<StepResult> Of(FeatureSample sample, ISignalModel model, ModelScore score, long shown)
    {
        var features = DecisionImages.Of(recorded.Sample, schema).Compare(StepNames.Features, DecisionImages.Of(sample, schema));
        var signal = recorded.Signal with
        {
            ModelId = model.Id,
            ModelHash = model.Hash,
            Direction = score.Direction,
            Score = score.Score,
            Confidence = score.Confidence,
            ExpectedMoveBps = score.ExpectedMoveBps,
            ModelTrainedTo = model.TrainedTo,
            FeaturesOutOfRange = score.FeaturesOutOfRange,
        };
        var scored = DecisionImages.OfScore(recorded.Signal, recorded.Signal.FeaturesOutOfRange is not null)
            .Compare(StepNames.Score, DecisionImages.OfScore(signal, recorded.Signal.FeaturesOutOfRange is not null));
        if (scored.Outcome == StepOutcome.Diverges && WhyMemoryDiffers(model, shown) is { } why)
        {
            return
            [
                features,
                StepResult.NotMade(StepNames.Score, why),
                .. NotMade("there is no score", StepNames.Signal, StepNames.Verdict, StepNames.Order),
            ];
        }

        if (recorded.Signal.Gate is not { } gate)
        {
            var withoutGate = StepResult.NotMade(StepNames.Signal, $"{OlderVersion} the thresholds of signals; its refusals are used as recorded");
            return [features, scored, withoutGate, .. VerdictAndOrder(signal, sample)];
        }

        signal = signal with { Refusals = gate.Judge(sample, in score) };
        var judged = DecisionImages.OfRefusals(recorded.Signal).Compare(StepNames.Signal, DecisionImages.OfRefusals(signal));
        return [features, scored, judged, .. VerdictAndOrder(signal, sample)];
    }

    /// <summary>Evaluates the recorded state of risk on the replayed signal and sample.</summary>
    private IEnumerable<StepResult> VerdictAndOrder(Signal signal, FeatureSample sample)
    {
        if (recorded.Risk.Evidence is not { } evidence)
        {
            return NotMade(
                recorded.Risk.Outcome == RiskOutcome.Approved || recorded.Signal.Gate is null
                    ? $"{OlderVersion} risk's state"
                    : $"risk's state was not stored: it had more than {RiskEvidence.EntriesMax} positions and open orders, and there was no order",
                StepNames.Verdict,
                StepNames.Order);
        }

        var made = evidence.ToEngine().Assess(evidence.ToInput(signal, sample));
        return
        [
            DecisionImages.Of(recorded.Risk).Compare(StepNames.Verdict, DecisionImages.Of(made)),
            DecisionImages.Of(recorded.Risk.Intent).Compare(StepNames.Order, DecisionImages.Of(made.Intent)),
        ];
    }

    /// <summary>
    /// Returns null when the same model got all the samples it had seen, or the record does not contain their number.
    /// </summary>
    private string? WhyMemoryDiffers(ISignalModel model, long shown) =>
        model.Hash == recorded.Signal.ModelHash && recorded.Signal.ModelSamples > 0 && recorded.Signal.ModelSamples != shown
            ? $"the model had scored {recorded.Signal.ModelSamples - 1} samples before, the log has {shown - 1} of them: "
                + "its memory cannot be replayed"
            : null;

    private static IEnumerable<StepResult> NotMade(string why, params string[] steps) =>
        steps.Select(step => StepResult.NotMade(step, why));
}
