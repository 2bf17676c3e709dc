using System.Text.Json;
using BtcAgent.Contracts.Wire;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Trading;
using BtcAgent.Storage.Embedded;
using RiskOutcome = BtcAgent.Domain.Risk.RiskOutcome;

namespace BtcAgent.Silo.Journals;

/// <summary>Converts decisions to and from journal entries.</summary>
internal static class DecisionEntry
{
    public const string WithOrder = "decision-order";
    private const string WithoutOrder = "decision";

    /// <summary>The entry of a published decision; its text is kept as published.</summary>
    /// <exception cref="JsonException">It does not contain a decision that can be stored.</exception>
    public static JournalEntry Of(RiskDecision message)
    {
        var decision = Read(message.Id, message.RecordJson);
        var entry = new JournalEntry(
            decision.Id.Text,
            decision.Sample.EventTime.UnixNanoseconds,
            decision.Sample.Instrument.Key,
            decision.Signal.Strategy,
            decision.Portfolio,
            decision.Risk.Outcome == RiskOutcome.Approved ? WithOrder : WithoutOrder,
            message.RecordJson);
        return string.Concat(entry.Id, entry.Instrument, entry.Strategy, entry.Portfolio).Contains('\0', StringComparison.Ordinal)
            ? throw new JsonException("a name contains a NUL character")
            : entry;
    }

    public static Decision Read(JournalEntry entry) => Read(entry.Id, entry.Json);

    private static Decision Read(string id, string json) =>
        JsonSerializer.Deserialize<Decision>(json, FactsWire.Json) ?? throw new JsonException($"decision {id} is empty");
}
