using System.Text.Json;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using BtcAgent.Storage.Embedded;
using BtcAgent.Storage.Postgres;

namespace BtcAgent.Silo.Journals;

/// <summary>Stores the decisions of the log of facts in the journal, where the console and the command line find them by id.</summary>
/// <param name="journal">The store.</param>
/// <param name="tail">Decisions of this process, of which the stored ones can be forgotten; null where other processes decide.</param>
/// <param name="logger">Receives what is left out.</param>
internal sealed partial class JournalSink(IJournal journal, DecisionMemory? tail, ILogger<JournalSink> logger) : IFactSink
{
    private bool _hasLeftOut;

    public string Name => "journal";

    public IReadOnlyCollection<FactTopic> Topics { get; } = [FactTopic.Decisions];

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<long?> CheckpointAsync(LogPartition partition, CancellationToken cancellationToken) =>
        ExplainAsync(() => journal.NextAsync(partition.Log, FactTopics.NameOf(partition.Topic), partition.Number, cancellationToken));

    public async Task WriteAsync(FactBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var entries = new List<JournalEntry>(batch.Facts.Count);
        foreach (var fact in batch.Facts)
        {
            if (Read(fact) is { } entry)
            {
                entries.Add(entry);
            }
        }

        var partition = batch.Partition;
        var place = new JournalPlace(partition.Log, FactTopics.NameOf(partition.Topic), partition.Number, batch.First, batch.Next);
        await ExplainAsync(async () =>
        {
            await journal.StoreAsync(entries, place, cancellationToken);
            return true;
        });
        tail?.Remove(entries.Select(entry => new DecisionId(entry.Id)));
    }

    /// <summary>Every batch is stored when it is taken.</summary>
    public Task FlushAsync(bool everything, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<T> ExplainAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (e is EmbeddedStoreException or PostgresStoreException)
        {
            throw new SinkException(e.Message, e);
        }
    }

    /// <summary>Null for a record without a decision: a topic may contain anything, and one bad fact must not stop those behind it.</summary>
    private JournalEntry? Read(FactRecord fact)
    {
        try
        {
            return DecisionEntry.Of((RiskDecision)fact.Message);
        }
        catch (JsonException e)
        {
            if (!_hasLeftOut)
            {
                LogLeftOut(logger, fact.Offset, e.Message);
            }

            _hasLeftOut = true;
            return null;
        }
    }

    [LoggerMessage(EventId = 1114, Level = LogLevel.Error, Message = "The journal leaves out the decision at offset {Offset}, which cannot be read: {Reason}; further ones are left out silently")]
    private static partial void LogLeftOut(ILogger logger, long offset, string reason);
}
