using System.Text.Json;
using BtcAgent.Contracts.Wire;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Trading;
using BtcAgent.Storage.Embedded;

namespace BtcAgent.Silo.Journals;

/// <summary>Converts decisions to and from journal entries.</summary>
internal static class DecisionEntry
{
    public const string WithOrder = "decision-order";
    private const string WithoutOrder = "decision";

    public static JournalEntry Of(Decision decision) => new(
        decision.Id.Text,
        decision.Sample.EventTime.UnixNanoseconds,
        decision.Sample.Instrument.Key,
        decision.Signal.Strategy,
        decision.Portfolio,
        decision.Risk.Outcome == RiskOutcome.Approved ? WithOrder : WithoutOrder,
        JsonSerializer.Serialize(decision, FactsWire.Json));

    public static Decision Read(JournalEntry entry) =>
        JsonSerializer.Deserialize<Decision>(entry.Json, FactsWire.Json)
        ?? throw new JsonException($"journal entry {entry.Id} does not contain a decision");
}
