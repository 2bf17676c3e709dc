using System.Text.Json;
using BtcAgent.Contracts.Social;
using BtcAgent.Social.Budgets;

namespace BtcAgent.Silo.Social;

/// <summary>The spending in the state of the agent or its cluster: one for all processes.</summary>
internal sealed class GrainBudgetStore(ISocialStoreGrain store) : IBudgetStore
{
    public async Task<BudgetState> LoadAsync(CancellationToken cancellationToken) =>
        await store.GetBudget().WaitAsync(cancellationToken) is { } stored
            ? JsonSerializer.Deserialize<BudgetState>(stored) ?? throw new InvalidDataException("the stored spending on posts is empty: restore a backup")
            : BudgetState.Empty;

    /// <summary>Waits for the store also when it is cancelled: the caller must know whether the amount is spent.</summary>
    public Task<bool> TrySaveAsync(BudgetState state, CancellationToken cancellationToken) =>
        store.TrySaveBudget(state.Revision, JsonSerializer.Serialize(state));
}
