using System.Text.Json;
using BtcAgent.Contracts.Social;
using BtcAgent.Economy.Budgets;

namespace BtcAgent.Silo.Economy;

/// <summary>Spent requests in the state of the agent or its cluster, as of every source that is limited: one for all processes.</summary>
internal sealed class GrainRequestLedger(ISocialStoreGrain store) : IRequestLedger
{
    private long _revision;

    /// <exception cref="InvalidDataException">What is stored cannot be read: without it nothing may be spent.</exception>
    public async Task<RequestSpend> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var stored = await store.GetBudget().WaitAsync(cancellationToken) is { } text
                ? JsonSerializer.Deserialize<StoredRequests>(text) ?? throw new JsonException("it is empty")
                : new StoredRequests(0, RequestSpend.None);
            _revision = stored.Revision;
            return stored.Spend;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"the stored requests to FRED cannot be read, and nothing is asked without them: restore a backup ({e.Message})", e);
        }
    }

    /// <summary>Waits for the store also when it is cancelled: the caller must know whether the request is spent.</summary>
    /// <exception cref="InvalidOperationException">Another process has spent one meanwhile.</exception>
    public async Task SaveAsync(RequestSpend spend, CancellationToken cancellationToken)
    {
        if (!await store.TrySaveBudget(_revision + 1, JsonSerializer.Serialize(new StoredRequests(_revision + 1, spend))))
        {
            throw new InvalidOperationException("another process reads economic releases now");
        }

        _revision++;
    }
}
