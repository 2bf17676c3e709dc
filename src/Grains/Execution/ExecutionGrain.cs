using System.Collections.Immutable;
using BtcAgent.Contracts.Execution;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Grains.Activations;
using BtcAgent.Grains.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Grains.Execution;

/// <summary>Owns the orders of one portfolio on one instrument: holds their desk and its stored state.</summary>
internal sealed class ExecutionGrain(
    [PersistentState(GrainStateNames.Execution, WatchedStorage.Provider)] IPersistentState<ExecutionGrainState> state,
    IOptions<AgentOptions> options,
    IFactPublisher facts,
    IServiceProvider services,
    ActivationFailures failures,
    WatchedGrains watched,
    TimeProvider time,
    ILogger<ExecutionGrain> logger) : Grain, IExecutionGrain
{
    private const int OrdersShownMax = 500;

    private IOrderDesk _desk = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken) => watched.Activate(GrainStateNames.Execution, this, BeginAsync);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _desk?.Dispose(); // Null when the activation failed before creating it.
        return Task.CompletedTask;
    }

    public Task<Order> Submit(OrderIntent intent, SendTerms terms) => _desk.SubmitAsync(intent, terms);

    public Task<bool> OnMarket(MarketDataBatch batch, int from, int to) => _desk.OnMarketAsync(batch, from, to);

    public Task<OpenOrders> GetOpenOrders() => _desk.GetOpenOrdersAsync();

    public Task<ImmutableArray<Order>> GetOrders(int limit) => _desk.GetOrdersAsync(Math.Clamp(limit, 1, OrdersShownMax));

    public Task<Order?> Cancel(string clientOrderId, string reason) => _desk.CancelAsync(clientOrderId, reason);

    public Task<ExecutionStatus> GetStatus() => Task.FromResult(_desk.Status);

    public Task OnReport(ExecutionReport report) => _desk.OnReportAsync(report);

    public Task OnUnreadable(string problem, string payload) => _desk.OnUnreadableAsync(problem, payload);

    public Task OnUserData(bool connected, string reason)
    {
        _desk.OnUserData(connected, reason);
        return Task.CompletedTask;
    }

    public Task Reconcile(string reason)
    {
        _desk.Reconcile(reason);
        return Task.CompletedTask;
    }

    public Task<AcceptedBalances> AcceptBalances(string reason) => _desk.AcceptBalancesAsync(reason);

    public Task Retry(string reason)
    {
        if (_desk.Status.StandsStill is not null)
        {
            failures.Clear(this.GetPrimaryKeyString());
            DeactivateOnIdle();
        }

        return Task.CompletedTask;
    }

    public Task Fence(string reason)
    {
        _desk.Fence(reason);
        return Task.CompletedTask;
    }

    public Task<ClearAnswer> CancelAll(string reason) => _desk.ClearAsync(reason);

    public Task<ClearAnswer> Flatten(string reason, Timestamp asked) => _desk.FlattenAsync(reason, asked);

    public Task StandDown(string reason) => _desk.StandDownAsync(reason);

    private Task BeginAsync()
    {
        var fence = new SendFence(this.GrainContext.ActivationId.ToString(), time);
        var host = new DeskHost(this, GrainFactory, state, options.Value.Limits, facts, failures);
        _desk = OrderDesks.Open(services, host, fence, logger);
        return _desk.StartAsync();
    }
}
