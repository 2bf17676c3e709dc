using System.Text.Json;
using BtcAgent.Contracts.Social;
using BtcAgent.Social.Budgets;

namespace BtcAgent.Silo.Social;

/// <summary>The spending in the state of the agent or its cluster: one for all processes.</summary>
internal sealed class GrainBudgetStore(ISocialStoreGrain store) : IBudgetStore
{
    /// <exception cref="InvalidDataException">The stored spending cannot be read: without it nothing may be spent.</exception>
    public async Task<BudgetState> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await store.GetBudget().WaitAsync(cancellationToken) is { } stored
                ? JsonSerializer.Deserialize<BudgetState>(stored) ?? throw new JsonException("it is empty")
                : BudgetState.Empty;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"the stored spending on posts cannot be read, and nothing is spent without it: restore a backup ({e.Message})", e);
        }
    }

    /// <summary>Waits for the store also when it is cancelled: the caller must know whether the amount is spent.</summary>
    public Task<bool> TrySaveAsync(BudgetState state, CancellationToken cancellationToken) =>
        store.TrySaveBudget(state.Revision, JsonSerializer.Serialize(state));
}
