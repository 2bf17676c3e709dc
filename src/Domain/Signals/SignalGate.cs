using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Features;

namespace BtcAgent.Domain.Signals;

/// <summary>
/// Decides whether a score becomes a signal: the thresholds, and what it remembers of earlier signals. The same gate,
/// sample and score give the same refusals, so that a recorded gate reproduces them.
/// </summary>
[GenerateSerializer, Immutable, Alias("SignalGate")]
public sealed record SignalGate
{
    /// <summary>Code of a refusal without a score.</summary>
    public const string ModelNotReady = "MODEL_NOT_READY";

    /// <summary>Code of a refusal without a score, since sentiment that the model was trained with is unknown.</summary>
    public const string SentimentUnknown = "SENTIMENT_UNKNOWN";

    /// <summary>Code of a refusal without a score, since economic releases that the model was trained with are unknown.</summary>
    public const string CalendarUnknown = "CALENDAR_UNKNOWN";

    /// <summary>Code of a refusal while windows of features are filling.</summary>
    public const string NotWarm = "NOT_WARM";

    /// <inheritdoc cref="SignalOptions.RequireWarm"/>
    [Id(0)] public required bool RequireWarm { get; init; }

    /// <inheritdoc cref="SignalOptions.MinConfidence"/>
    [Id(1)] public required double MinConfidence { get; init; }

    /// <inheritdoc cref="SignalOptions.StaleDataMs"/>
    [Id(2)] public required int StaleDataMs { get; init; }

    /// <inheritdoc cref="SignalOptions.CoolDownMs"/>
    [Id(3)] public required int CoolDownMs { get; init; }

    /// <inheritdoc cref="SignalOptions.RoundTripCostBps"/>
    [Id(4)] public required double RoundTripCostBps { get; init; }

    /// <inheritdoc cref="SignalOptions.MinEdgeBps"/>
    [Id(5)] public required double MinEdgeBps { get; init; }

    /// <summary>Direction of the last valid signal.</summary>
    [Id(6)] public SignalDirection Direction { get; init; } = SignalDirection.Flat;

    /// <summary>Event time at which the direction last changed; unknown before.</summary>
    [Id(7)] public Timestamp ChangedAt { get; init; }

    /// <summary>Schema hash of the strategy's first sample; null before it.</summary>
    [Id(8)] public ulong? SchemaHash { get; init; }

    public static SignalGate Of(SignalOptions options) => new()
    {
        RequireWarm = options.RequireWarm,
        MinConfidence = options.MinConfidence,
        StaleDataMs = options.StaleDataMs,
        CoolDownMs = options.CoolDownMs,
        RoundTripCostBps = options.RoundTripCostBps,
        MinEdgeBps = options.MinEdgeBps,
    };

    /// <returns>Why the score is refused; empty when it becomes a signal.</returns>
    public ImmutableArray<SignalRefusal> Judge(FeatureSample sample, in ModelScore score)
    {
        var refusals = new Refusals();
        JudgeSample(sample, in score, ref refusals);
        if (score.NotReady is null)
        {
            JudgeScore(sample, in score, ref refusals);
        }

        return refusals.List;
    }

    /// <summary>Returns the gate for the next sample; the same instance when nothing changes.</summary>
    /// <param name="sample">The checked sample.</param>
    /// <param name="score">The checked score.</param>
    /// <param name="refusals">Result of <see cref="Judge"/> for the two.</param>
    public SignalGate After(FeatureSample sample, in ModelScore score, ImmutableArray<SignalRefusal> refusals)
    {
        var next = SchemaHash is null ? this with { SchemaHash = sample.SchemaHash } : this;
        return refusals.IsEmpty && score.Direction != Direction
            ? next with { Direction = score.Direction, ChangedAt = sample.EventTime }
            : next;
    }

    private void JudgeSample(FeatureSample sample, in ModelScore score, ref Refusals refusals)
    {
        refusals.AddIf(
            sample.SchemaHash != (SchemaHash ?? sample.SchemaHash),
            "SCHEMA_MISMATCH",
            "the sample's feature schema is not the one the strategy started with");
        refusals.AddIf(score.NotReady is not null, score.LacksSentiment ? SentimentUnknown : score.LacksReleases ? CalendarUnknown : ModelNotReady, score.NotReady ?? "");
        refusals.AddIf(RequireWarm && !sample.IsWarm, NotWarm, "a feature window is still filling");
        refusals.AddIf(!sample.BookInSync, "BOOK_NOT_IN_SYNC", "the order book waits for a snapshot");
        var age = (sample.EventTime - sample.LastEventTime).TotalMilliseconds;
        if (age > StaleDataMs)
        {
            refusals.Add("STALE_DATA", string.Create(
                CultureInfo.InvariantCulture, $"last event {age:F0} ms before the sample, at most {StaleDataMs}"));
        }
    }

    private void JudgeScore(FeatureSample sample, in ModelScore score, ref Refusals refusals)
    {
        refusals.AddIf(!double.IsFinite(score.Score) || !double.IsFinite(score.Confidence), "NON_FINITE_SCORE", "the model gave no number");
        refusals.AddIf(score.OutOfDistribution is not null, "OUT_OF_DISTRIBUTION", score.OutOfDistribution ?? "");
        if (score.Direction == SignalDirection.Flat)
        {
            return;
        }

        if (score.Confidence < MinConfidence)
        {
            refusals.Add("LOW_CONFIDENCE", string.Create(
                CultureInfo.InvariantCulture, $"confidence {score.Confidence:F3} below {MinConfidence:F3}"));
        }

        if (score.ExpectedMoveBps - RoundTripCostBps < MinEdgeBps)
        {
            refusals.Add("EDGE_BELOW_COST", string.Create(
                CultureInfo.InvariantCulture,
                $"expected move {score.ExpectedMoveBps:F2} bps less {RoundTripCostBps:F2} of costs is below {MinEdgeBps:F2}"));
        }

        var sinceChange = (sample.EventTime - ChangedAt).TotalMilliseconds;
        if (score.Direction != Direction && ChangedAt.IsKnown && sinceChange < CoolDownMs)
        {
            refusals.Add("COOL_DOWN", string.Create(
                CultureInfo.InvariantCulture, $"direction changed {sinceChange:F0} ms ago, at least {CoolDownMs}"));
        }
    }

    /// <summary>Allocates only when there is a refusal.</summary>
    private struct Refusals
    {
        private ImmutableArray<SignalRefusal> _list;

        public readonly ImmutableArray<SignalRefusal> List => _list.IsDefault ? [] : _list;

        public void Add(string code, string detail) => _list = List.Add(new SignalRefusal(code, detail));

        public void AddIf(bool refused, string code, string detail)
        {
            if (refused)
            {
                Add(code, detail);
            }
        }
    }
}
