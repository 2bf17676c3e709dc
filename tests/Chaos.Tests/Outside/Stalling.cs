using BtcAgent.Exchanges.Simulator.Faults;
using Microsoft.Data.Sqlite;

namespace BtcAgent.Chaos.Tests.Outside;

/// <summary>Carries out stalls from outside the agent, one at a time, and counts those that affected an order.</summary>
/// <param name="faults">Faults of the venue.</param>
/// <param name="statePath">The agent's <c>state.db</c>.</param>
internal sealed class Stalling(VenueFaults faults, string statePath)
{
    private readonly Dictionary<StallKind, int> _counts = [];
    private volatile Task<bool> _running = Task.FromResult(true);
    private volatile bool _isOrderUnderWay;

    public bool IsRunning => !_running.IsCompleted;

    /// <summary>True while the request of an order or its cancel is unanswered.</summary>
    public bool IsOrderUnderWay
    {
        get => _isOrderUnderWay;
        set => _isOrderUnderWay = value;
    }

    /// <summary>True while signed requests are blocked.</summary>
    public bool IsVenueHeld { get; private set; }

    public int CountOf(StallKind kind) => _counts.GetValueOrDefault(kind);

    /// <summary>Begins a stall and returns at once.</summary>
    public void Begin(Stall stall, AgentProcess agent, StallPlan plan, CancellationToken cancellationToken) =>
        _running = RunAsync(stall, agent, plan, cancellationToken);

    /// <summary>Waits for the end of the last stall and rethrows its exception.</summary>
    public Task EndAsync() => _running;

    private async Task<bool> RunAsync(Stall stall, AgentProcess agent, StallPlan plan, CancellationToken cancellationToken)
    {
        await Task.Delay(stall.After, TimeProvider.System, cancellationToken);
        var isMet = stall.Kind switch
        {
            StallKind.Venue => await HoldVenueAsync(stall.Span, cancellationToken),
            StallKind.Store => await HoldStoreAsync(stall.Span, cancellationToken),
            _ => await HoldProcessAsync(agent, stall.Span, cancellationToken),
        };
        if (isMet)
        {
            _counts[stall.Kind] = CountOf(stall.Kind) + 1;
        }
        else
        {
            plan.Again(stall);
        }

        return isMet;
    }

    /// <returns>True when requests had to wait.</returns>
    private async Task<bool> HoldVenueAsync(TimeSpan span, CancellationToken cancellationToken)
    {
        var before = faults.Held;
        faults.Hold();
        IsVenueHeld = true;
        try
        {
            await Task.Delay(span, TimeProvider.System, cancellationToken);
            return faults.Held > before && IsOrderUnderWay;
        }
        finally
        {
            IsVenueHeld = false;
            faults.Release();
        }
    }

    /// <summary>Locks out the agent's writes like another process; writes nothing.</summary>
    private async Task<bool> HoldStoreAsync(TimeSpan span, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = statePath, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 5 }.ToString());
        await connection.OpenAsync(cancellationToken);
        await using var transaction = connection.BeginTransaction(deferred: false);
        await Task.Delay(span, TimeProvider.System, cancellationToken);
        return IsOrderUnderWay;
    }

    private async Task<bool> HoldProcessAsync(AgentProcess agent, TimeSpan span, CancellationToken cancellationToken)
    {
        agent.Pause();
        try
        {
            await Task.Delay(span, TimeProvider.System, cancellationToken);
            return IsOrderUnderWay && !agent.HasExited;
        }
        finally
        {
            agent.Continue();
        }
    }
}
