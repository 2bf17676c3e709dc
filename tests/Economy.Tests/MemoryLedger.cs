using BtcAgent.Economy.Budgets;

namespace BtcAgent.Economy.Tests;

/// <summary>Outlives a restart of the reader.</summary>
internal sealed class MemoryLedger : IRequestLedger
{
    public RequestSpend Spend { get; private set; } = RequestSpend.None;

    public Task<RequestSpend> LoadAsync(CancellationToken cancellationToken) => Task.FromResult(Spend);

    public Task SaveAsync(RequestSpend spend, CancellationToken cancellationToken)
    {
        Spend = spend;
        return Task.CompletedTask;
    }
}
