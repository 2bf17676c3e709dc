using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Client.Api;

/// <summary>One line about a decision, for lists; <c>GET /api/v1/decisions/{id}</c> has its whole provenance.</summary>
/// <param name="Id">Id of the decision.</param>
/// <param name="Portfolio">Portfolio that it was made for.</param>
/// <param name="Instrument">Instrument, such as <c>BINANCE:BTCUSDT</c>.</param>
/// <param name="EventTime">Event time of the sample, UTC.</param>
/// <param name="Strategy">Name of the strategy.</param>
/// <param name="ModelId">Id of the model or rule that scored.</param>
/// <param name="Direction">Direction of the signal.</param>
/// <param name="Score">Score of the model; null when refused before scoring.</param>
/// <param name="Confidence">Confidence, 0 to 1.</param>
/// <param name="Outcome">Outcome of the risk checks.</param>
/// <param name="Why">The refusals with their details, or the summary of the risk checks.</param>
/// <param name="ClientOrderId">Client order id of the approved order; null without one.</param>
public sealed record DecisionSummary(
    string Id,
    string Portfolio,
    string Instrument,
    Timestamp EventTime,
    string Strategy,
    string ModelId,
    SignalDirection Direction,
    double Score,
    double Confidence,
    RiskOutcome Outcome,
    string Why,
    string? ClientOrderId)
{
    public static DecisionSummary Of(Decision decision) => new(
        decision.Id.Text,
        decision.Portfolio,
        decision.Sample.Instrument.Key,
        decision.Sample.EventTime,
        decision.Signal.Strategy,
        decision.Signal.ModelId,
        decision.Signal.Direction,
        decision.Signal.Score,
        decision.Signal.Confidence,
        decision.Risk.Outcome,
        decision.Signal.IsValid
            ? decision.Risk.Summary
            : string.Join("; ", decision.Signal.Refusals.Select(refusal => $"{refusal.Code}: {refusal.Detail}")),
        decision.Risk.Intent?.ClientOrderId);
}
