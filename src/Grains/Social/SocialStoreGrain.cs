using BtcAgent.Contracts.Social;
using BtcAgent.Grains.Storage;

namespace BtcAgent.Grains.Social;

/// <summary>Stores each change before it is answered; a failed write ends the activation.</summary>
internal sealed class SocialStoreGrain(
    [PersistentState(GrainStateNames.SocialStore, GrainStateNames.Provider)] IPersistentState<SocialStoreGrainState> state) : Grain, ISocialStoreGrain
{
    public Task<string?> GetBudget() => Task.FromResult(state.State.Budget);

    public async Task<bool> TrySaveBudget(long revision, string budget)
    {
        if (revision != state.State.BudgetRevision + 1)
        {
            return false;
        }

        (state.State.BudgetRevision, state.State.Budget) = (revision, budget);
        await state.WriteOrDeactivate(this);
        return true;
    }

    public async Task<ReaderTurn> TakeOver(long epoch)
    {
        if (epoch < state.State.CursorEpoch)
        {
            return new ReaderTurn(false, null);
        }

        if (epoch != state.State.CursorEpoch)
        {
            state.State.CursorEpoch = epoch;
            await state.WriteOrDeactivate(this);
        }

        return new ReaderTurn(true, state.State.Cursor);
    }

    public async Task<bool> SaveCursor(long epoch, string cursor)
    {
        if (epoch < state.State.CursorEpoch)
        {
            return false;
        }

        if (epoch != state.State.CursorEpoch || cursor != state.State.Cursor)
        {
            (state.State.CursorEpoch, state.State.Cursor) = (epoch, cursor);
            await state.WriteOrDeactivate(this);
        }

        return true;
    }
}
