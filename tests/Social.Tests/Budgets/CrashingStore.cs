using BtcAgent.Social.Budgets;

namespace BtcAgent.Social.Tests.Budgets;

/// <summary>A store whose caller dies at a save, before or after it takes effect.</summary>
internal sealed class CrashingStore(IBudgetStore inner) : IBudgetStore
{
    /// <summary>The next save ends in a crash: true after it was stored, false before.</summary>
    public bool? CrashAfterSave { get; set; }

    public Task<BudgetState> LoadAsync(CancellationToken cancellationToken) => inner.LoadAsync(cancellationToken);

    public async Task<bool> TrySaveAsync(BudgetState state, CancellationToken cancellationToken)
    {
        var crash = CrashAfterSave;
        CrashAfterSave = null;
        if (crash == false)
        {
            throw new CrashException();
        }

        var isSaved = await inner.TrySaveAsync(state, cancellationToken);
        return crash is null ? isSaved : throw new CrashException();
    }
}
