using BtcAgent.Social.Budgets;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Social.Tests.Budgets;

public sealed class BudgetAccountTests
{
    private readonly FakeTimeProvider _time = new(new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero));
    private readonly MemoryBudgetStore _store = new();

    [Fact]
    public async Task Renew_Stored_ReplacesTheReservation()
    {
        var account = Account(1);
        var first = (await account.TryReserveAsync(BudgetUse.Posts, 100, default))!;
        Assert.NotNull(await account.TryRenewAsync(first, 40, 100, default));
        Assert.Equal(140, (await _store.LoadAsync(default)).Days.Single().Reads);
    }

    [Fact]
    public async Task EarlierOwner_AfterALaterOneBegan_IsRefusedEverything()
    {
        var (first, second) = (Account(1), Account(2));
        var held = (await first.TryReserveAsync(BudgetUse.Posts, 100, default))!;
        Assert.NotNull(await second.TryReserveAsync(BudgetUse.Posts, 1, default));
        Assert.Null(await first.TryReserveAsync(BudgetUse.Posts, 1, default));
        Assert.Equal("the budget has another owner: lease 2, not 1", first.Refusal);
        Assert.Null(await first.TryRenewAsync(held, 0, 1, default));
        await first.SettleAsync(held, 0, default);
        Assert.Equal(BudgetLevel.Off, (await first.ChooseAsync(BudgetLevel.Stream, default)).Level);
        Assert.Equal(101, (await _store.LoadAsync(default)).Days.Single().Reads);
        Assert.Null(await Account(1).TryReserveAsync(BudgetUse.Posts, 1, default));
    }

    [Fact]
    public async Task Save_LostEachTime_IsRefusedWithTheReason()
    {
        var account = new BudgetAccount(new BudgetGovernor(new BudgetOptions()), new LosingStore(), 1, _time);
        Assert.Null(await account.TryReserveAsync(BudgetUse.Posts, 1, default));
        Assert.Equal("the budget could not be stored: it changed during each of 5 attempts", account.Refusal);
        Assert.Equal(BudgetLevel.Off, (await account.ChooseAsync(BudgetLevel.Stream, default)).Level);
    }

    private BudgetAccount Account(long epoch) => new(new BudgetGovernor(new BudgetOptions()), _store, epoch, _time);

    private sealed class LosingStore : IBudgetStore
    {
        public Task<BudgetState> LoadAsync(CancellationToken cancellationToken) => Task.FromResult(BudgetState.Empty);

        public Task<bool> TrySaveAsync(BudgetState state, CancellationToken cancellationToken) => Task.FromResult(false);
    }
}
