using System.Text.Json;
using System.Text.Json.Serialization;
using BtcAgent.Contracts.Trading;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Trading;
using BtcAgent.Storage.Embedded;

namespace BtcAgent.Silo.Runs;

/// <summary>Keeps decisions in the embedded store's journal; appending never waits for the disk.</summary>
internal sealed class EmbeddedJournal(Journal journal) : IDecisionJournal
{
    private const string WithOrder = "decision-order";
    private const string WithoutOrder = "decision";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public void Append(Decision decision) => journal.TryAppend(new JournalEntry(
        decision.Id.Text,
        decision.Sample.EventTime.UnixNanoseconds,
        decision.Sample.Instrument.Key,
        decision.Signal.Strategy,
        decision.Portfolio,
        decision.Risk.Outcome == RiskOutcome.Approved ? WithOrder : WithoutOrder,
        JsonSerializer.Serialize(decision, Json)));

    public async Task<Decision?> FindAsync(DecisionId id, CancellationToken cancellationToken) =>
        await journal.FindAsync(id.Text, cancellationToken) is { } entry ? Read(entry) : null;

    public async Task<IReadOnlyList<Decision>> ListAsync(int limit, bool onlyWithOrders, CancellationToken cancellationToken)
    {
        var entries = await journal.ListAsync(onlyWithOrders ? WithOrder : null, null, limit, cancellationToken);
        return [.. entries.Select(Read)];
    }

    private static Decision Read(JournalEntry entry) =>
        JsonSerializer.Deserialize<Decision>(entry.Json, Json)
        ?? throw new JsonException($"journal entry {entry.Id} holds no decision");
}
