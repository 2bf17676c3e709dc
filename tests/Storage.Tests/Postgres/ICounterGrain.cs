using Orleans.Placement;

namespace BtcAgent.Storage.Tests.Postgres;

[Alias("Storage.Tests.ICounterGrain")]
public interface ICounterGrain : IGrainWithStringKey
{
    [Alias("Add")]
    Task<int> AddAsync(int amount);

    [Alias("Clear")]
    Task ClearAsync();

    /// <summary>Re-reads the state from the store.</summary>
    [Alias("Reload")]
    Task<(bool Exists, int Count)> ReloadAsync();

    [Alias("Remind")]
    Task RemindAsync(string name, TimeSpan period);

    [Alias("Reminders")]
    Task<string[]> RemindersAsync();

    [Alias("Silo")]
    Task<string> SiloAsync();
}

internal sealed class CounterState
{
    public int Count { get; set; }
}

[RandomPlacement]
internal sealed class CounterGrain(
    [PersistentState("counter", "postgres")] IPersistentState<CounterState> state,
    ILocalSiloDetails silo) : Grain, ICounterGrain, IRemindable
{
    public async Task<int> AddAsync(int amount)
    {
        state.State.Count += amount;
        await state.WriteStateAsync();
        return state.State.Count;
    }

    public Task ClearAsync() => state.ClearStateAsync();

    public async Task<(bool Exists, int Count)> ReloadAsync()
    {
        await state.ReadStateAsync();
        return (state.RecordExists, state.State.Count);
    }

    public async Task RemindAsync(string name, TimeSpan period) =>
        await this.RegisterOrUpdateReminder(name, TimeSpan.FromHours(1), period);

    public async Task<string[]> RemindersAsync() =>
        [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order(StringComparer.Ordinal)];

    public Task<string> SiloAsync() => Task.FromResult(silo.Name);

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;
}
