using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Features;

namespace BtcAgent.Domain.Signals;

/// <summary>
/// One strategy: lets its model score each sample, and refuses what should not be acted on, with the reasons. The codes
/// are listed in <c>docs/architecture.md</c>.
/// </summary>
public sealed class SignalEngine(InstrumentId instrument, string strategy, ISignalModel model, SignalOptions options)
{
    private readonly ImmutableArray<SignalRefusal>.Builder _refusals = ImmutableArray.CreateBuilder<SignalRefusal>();
    private SignalDirection _direction = SignalDirection.Flat;
    private Timestamp _changedAt;
    private Timestamp _modelSince;
    private ulong? _schemaHash;

    /// <summary>The model that scores.</summary>
    public ISignalModel Model { get; private set; } = model;

    /// <summary>Scores with another model from the next sample on; direction and cool-down go on.</summary>
    /// <returns>The former model, which scores no more.</returns>
    public ISignalModel Replace(ISignalModel next)
    {
        var former = Model;
        Model = next;
        _modelSince = default;
        return former;
    }

    public Signal Evaluate(FeatureSample sample)
    {
        _modelSince = _modelSince.IsKnown ? _modelSince : sample.EventTime;
        foreach (var bar in sample.ClosedBars)
        {
            Model.OnBar(in bar);
        }

        var score = Model.Score(sample);
        Validate(sample, in score);
        var refusals = _refusals.DrainToImmutable();
        if (refusals.IsEmpty && score.Direction != _direction)
        {
            _direction = score.Direction;
            _changedAt = sample.EventTime;
        }

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
        };
    }

    private void Validate(FeatureSample sample, in ModelScore score)
    {
        _schemaHash ??= sample.SchemaHash;
        RefuseIf(sample.SchemaHash != _schemaHash, "SCHEMA_MISMATCH", "the sample's feature schema is not the one the strategy started with");
        RefuseIf(score.NotReady is not null, "MODEL_NOT_READY", score.NotReady ?? "");
        RefuseIf(options.RequireWarm && !sample.IsWarm, "NOT_WARM", "a feature window is still filling");
        RefuseIf(!sample.BookInSync, "BOOK_NOT_IN_SYNC", "the order book waits for a snapshot");
        var age = (sample.EventTime - sample.LastEventTime).TotalMilliseconds;
        RefuseIf(age > options.StaleDataMs, "STALE_DATA", string.Create(
            CultureInfo.InvariantCulture, $"last event {age:F0} ms before the sample, at most {options.StaleDataMs}"));
        if (score.NotReady is not null)
        {
            return;
        }

        RefuseIf(!double.IsFinite(score.Score) || !double.IsFinite(score.Confidence), "NON_FINITE_SCORE", "the model gave no number");
        RefuseIf(score.OutOfDistribution is not null, "OUT_OF_DISTRIBUTION", score.OutOfDistribution ?? "");
        if (score.Direction == SignalDirection.Flat)
        {
            return;
        }

        RefuseIf(score.Confidence < options.MinConfidence, "LOW_CONFIDENCE", string.Create(
            CultureInfo.InvariantCulture, $"confidence {score.Confidence:F3} below {options.MinConfidence:F3}"));
        RefuseIf(
            score.ExpectedMoveBps - options.RoundTripCostBps < options.MinEdgeBps,
            "EDGE_BELOW_COST",
            string.Create(
                CultureInfo.InvariantCulture,
                $"expected move {score.ExpectedMoveBps:F2} bps less {options.RoundTripCostBps:F2} of costs is below {options.MinEdgeBps:F2}"));
        var sinceChange = (sample.EventTime - _changedAt).TotalMilliseconds;
        RefuseIf(
            score.Direction != _direction && _changedAt.IsKnown && sinceChange < options.CoolDownMs,
            "COOL_DOWN",
            string.Create(CultureInfo.InvariantCulture, $"direction changed {sinceChange:F0} ms ago, at least {options.CoolDownMs}"));
    }

    private void RefuseIf(bool refused, string code, string detail)
    {
        if (refused)
        {
            _refusals.Add(new SignalRefusal(code, detail));
        }
    }
}
