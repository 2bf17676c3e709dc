using BtcAgent.Domain.Features;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Research.Replays;

/// <summary>Makes the steps of one recorded decision again from a sample and a score, and compares each with the record.</summary>
public sealed class DecisionSteps(Decision recorded, FeatureSchema schema)
{
    private const string OlderVersion = "recorded by a version that did not keep";

    /// <param name="last">What there is instead of the sample.</param>
    public IReadOnlyList<StepResult> WithoutSample(string last)
    {
        const string Why = "there is no sample to make it from";
        return
        [
            StepResult.Diverges(
                StepNames.Features, DecisionImages.Of(recorded.Sample, schema).Length, 0, "event time", recorded.Sample.EventTime.ToString(), last),
            .. NotMade(Why, StepNames.Score, StepNames.Signal, StepNames.Verdict, StepNames.Order),
        ];
    }

    /// <param name="sample">Made again.</param>
    /// <param name="model">That was shown the samples before it and this one.</param>
    /// <param name="score">That it gave.</param>
    /// <param name="shown">Samples it was shown, with this one.</param>
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
        var scored = DecisionImages.OfScore(recorded.Signal).Compare(StepNames.Score, DecisionImages.OfScore(signal));
        if (scored.Outcome == StepOutcome.Diverges && WhyMemoryDiffers(model, shown) is { } why)
        {
            return
            [
                features,
                StepResult.NotMade(StepNames.Score, why),
                .. NotMade("there is no score to make it from", StepNames.Signal, StepNames.Verdict, StepNames.Order),
            ];
        }

        if (recorded.Signal.Gate is not { } gate)
        {
            var withoutGate = StepResult.NotMade(StepNames.Signal, $"{OlderVersion} what signals are judged by; its refusals are taken as recorded");
            return [features, scored, withoutGate, .. VerdictAndOrder(signal, sample)];
        }

        signal = signal with { Refusals = gate.Judge(sample, in score) };
        var judged = DecisionImages.OfRefusals(recorded.Signal).Compare(StepNames.Signal, DecisionImages.OfRefusals(signal));
        return [features, scored, judged, .. VerdictAndOrder(signal, sample)];
    }

    /// <summary>Risk as it stood, on the signal and the sample that were made again.</summary>
    private IEnumerable<StepResult> VerdictAndOrder(Signal signal, FeatureSample sample)
    {
        if (recorded.Risk.Evidence is not { } evidence)
        {
            return NotMade(
                recorded.Risk.Outcome == RiskOutcome.Approved || recorded.Signal.Gate is null
                    ? $"{OlderVersion} risk's state"
                    : $"risk's state was not kept: it had more than {RiskEvidence.EntriesMax} positions and open orders, and there was no order",
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

    /// <summary>Null when the very model was shown all that it had seen, or the record does not say how much that was.</summary>
    private string? WhyMemoryDiffers(ISignalModel model, long shown) =>
        model.Hash == recorded.Signal.ModelHash && recorded.Signal.ModelSamples > 0 && recorded.Signal.ModelSamples != shown
            ? $"the model had scored {recorded.Signal.ModelSamples - 1} samples before, the log holds {shown - 1} of them: "
                + "what it remembered cannot be made again"
            : null;

    private static IEnumerable<StepResult> NotMade(string why, params string[] steps) =>
        steps.Select(step => StepResult.NotMade(step, why));
}
