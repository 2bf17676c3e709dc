namespace BtcAgent.Social.Budgets;

/// <summary>Keeps a budget in memory: for simulated money and tests. A restart forgets it.</summary>
public sealed class MemoryBudgetStore : IBudgetStore
{
    private readonly Lock _lock = new();
    private BudgetState _state = BudgetState.Empty;

    public Task<BudgetState> LoadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_state);
        }
    }

    public Task<bool> TrySaveAsync(BudgetState state, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (state.Revision != _state.Revision + 1)
            {
                return Task.FromResult(false);
            }

            _state = state;
            return Task.FromResult(true);
        }
    }
}
