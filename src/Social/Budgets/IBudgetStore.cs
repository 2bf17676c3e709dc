namespace BtcAgent.Social.Budgets;

/// <summary>Where the state of a budget is kept: one for all processes that read from the same account.</summary>
public interface IBudgetStore
{
    /// <returns>The stored state; <see cref="BudgetState.Empty"/> at the beginning.</returns>
    Task<BudgetState> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Stores a state durably, if the stored one has exactly the revision before it.</summary>
    /// <returns>False when another one was stored meanwhile.</returns>
    Task<bool> TrySaveAsync(BudgetState state, CancellationToken cancellationToken);
}
