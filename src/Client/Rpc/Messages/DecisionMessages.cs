using System.Text.Json;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using V1 = BtcAgent.Client.Grpc.V1;

namespace BtcAgent.Client.Rpc.Messages;

/// <summary>Messages about decisions and the signals that they come from.</summary>
internal static class DecisionMessages
{
    public static V1.DecisionSummary Of(DecisionSummary summary)
    {
        var message = new V1.DecisionSummary
        {
            Id = summary.Id,
            Portfolio = summary.Portfolio,
            Instrument = summary.Instrument,
            EventTime = Plain.Time(summary.EventTime),
            Strategy = summary.Strategy,
            ModelId = summary.ModelId,
            Direction = Of(summary.Direction),
            Score = summary.Score,
            Confidence = summary.Confidence,
            Outcome = (V1.RiskOutcome)summary.Outcome,
            Why = summary.Why,
        };
        Optional.Set(summary.ClientOrderId, value => message.ClientOrderId = value);
        return message;
    }

    /// <param name="view">The decision.</param>
    /// <param name="json">REST's way to write JSON, for the whole record.</param>
    public static V1.DecisionView Of(DecisionView view, JsonSerializerOptions json)
    {
        var decision = view.Decision;
        var message = new V1.DecisionView
        {
            Decision = new V1.Decision
            {
                Id = decision.Id.Text,
                Portfolio = decision.Portfolio,
                Sample = Of(decision.Sample),
                Signal = Of(decision.Signal),
                Risk = OrderMessages.Of(decision.Risk),
                RecordJson = JsonSerializer.Serialize(decision, json),
            },
            Features =
            {
                view.Features.Select(f => new V1.Feature { Name = f.Name, Group = Plain.Name(f.Group), Unit = f.Unit, Value = f.Value }),
            },
            Order = view.Order is { } order ? OrderMessages.Of(order) : null,
            Explanation = view.Explanation is { } explanation ? Of(explanation) : null,
        };
        Optional.Set(view.NoExplanation, value => message.NoExplanation = value);
        return message;
    }

    public static V1.Signal Of(Signal signal)
    {
        var message = new V1.Signal
        {
            Instrument = signal.Instrument.Key,
            Strategy = signal.Strategy,
            EventTime = Plain.Time(signal.EventTime),
            ModelId = signal.ModelId,
            ModelHash = signal.ModelHash,
            Direction = Of(signal.Direction),
            Score = signal.Score,
            Confidence = signal.Confidence,
            ExpectedMoveBps = signal.ExpectedMoveBps,
            Refusals = { signal.Refusals.Select(r => new V1.Refusal { Code = r.Code, Detail = r.Detail }) },
            ModelSince = Plain.Time(signal.ModelSince),
            ModelSamples = signal.ModelSamples,
            ModelTrainedTo = Plain.Time(signal.ModelTrainedTo),
            IsValid = signal.IsValid,
        };
        Optional.Set(signal.FeaturesOutOfRange, value => message.FeaturesOutOfRange = value);
        Optional.Set(signal.Reason, value => message.Reason = value);
        return message;
    }

    /// <summary>The directions begin at −1, the message's at 1.</summary>
    private static V1.Direction Of(SignalDirection direction) => (V1.Direction)((int)direction + 2);

    private static V1.Sample Of(FeatureSample sample)
    {
        var message = new V1.Sample
        {
            Instrument = sample.Instrument.Key,
            EventTime = Plain.Time(sample.EventTime),
            ReceiveTime = Plain.Time(sample.ReceiveTime),
            LastSequence = sample.LastSequence,
            SchemaHash = Plain.Text(sample.SchemaHash),
            Values = { sample.Values },
            IsWarm = sample.IsWarm,
            Quote = MarketMessages.Of(sample.Quote),
            BookInSync = sample.BookInSync,
            LastEventTime = Plain.Time(sample.LastEventTime),
            Scorer = sample.Scorer is { } scorer ? new V1.ScorerIdentity { Id = scorer.Id, Hash = scorer.Hash } : null,
        };
        Optional.Set(sample.ClockSkewMs, value => message.ClockSkewMs = value);
        return message;
    }

    private static V1.ScoreExplanation Of(ScoreExplanation explanation) => new()
    {
        ModelId = explanation.ModelId,
        Baseline = explanation.Baseline,
        RawScore = explanation.RawScore,
        Contributions =
        {
            explanation.Contributions.Select(c => new V1.Contribution { Name = c.Name, Value = c.Value, Contribution_ = c.Contribution }),
        },
    };
}
