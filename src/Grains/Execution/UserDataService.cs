using BtcAgent.Contracts.Execution;
using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Grains.Feeds;
using BtcAgent.Grains.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Grains.Execution;

/// <summary>
/// Delivers the account's events to the executions, and triggers their periodic comparison. One account serves one
/// portfolio; one silo of a cluster runs it at a time. Does nothing on paper.
/// </summary>
internal sealed partial class UserDataService(
    IServiceProvider services,
    IGrainFactory grains,
    LeasedWork leased,
    IOptions<AgentOptions> agent,
    IOptions<LiveOptions> options,
    TimeProvider time,
    ILogger<UserDataService> logger) : BackgroundService, IUserDataSink
{
    /// <summary>Number of other symbols that are logged, each once.</summary>
    private const int OtherSymbolsMax = 1_000;

    private readonly HashSet<string> _otherSymbols = new(StringComparer.Ordinal);

    public Task OnConnectedAsync() => ForAll(execution => execution.OnUserData(true, ""));

    public Task OnDisconnectedAsync(string reason) => ForAll(execution => execution.OnUserData(false, reason));

    public async Task OnReportAsync(InstrumentId instrument, ExecutionReport report)
    {
        if (!Instruments().Contains(instrument))
        {
            await OnOtherSymbolAsync(instrument.Symbol);
            return;
        }

        var execution = Execution(instrument);
        await Guarded(execution, () => execution.OnReport(report));
    }

    public Task OnOtherSymbolAsync(string symbol)
    {
        if (_otherSymbols.Count < OtherSymbolsMax && _otherSymbols.Add(symbol))
        {
            LogOther(logger, symbol);
        }

        return Task.CompletedTask;
    }

    public async Task OnUnreadableAsync(string? symbol, string problem, string payload)
    {
        if (symbol is not null && Instruments().All(instrument => instrument.Symbol != symbol))
        {
            await OnOtherSymbolAsync(symbol);
            return;
        }

        await ForAll(execution => execution.OnUnreadable(problem, payload), instrument => symbol is null || instrument.Symbol == symbol);
    }

    public async Task OnTransferAsync(BalanceTransfer transfer)
    {
        LogTransfer(logger, transfer.Amount, transfer.Asset);
        await grains.GetGrain<IPortfolioGrain>(Portfolio()).Transfer(transfer);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (services.GetService<IUserDataFeed>() is not { } feed)
        {
            return;
        }

        try
        {
            await leased.RunAsync($"user-data/{Portfolio()}", (_, cancellation) => ReadAsync(feed, cancellation), stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped(logger);
        }
        catch (Exception e)
        {
            LogFailed(logger, e.Message, e is ExecutionVenueException ? null : e);
        }
    }

    private async Task ReadAsync(IUserDataFeed feed, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var comparing = CompareAsync(ended.Token);
        try
        {
            await feed.RunAsync(this, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            await OnDisconnectedAsync(e.Message);
            throw;
        }
        finally
        {
            await ended.CancelAsync();
            await comparing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CompareAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.ReconcileEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await ForAll(execution => execution.Reconcile("periodic comparison"));
        }
    }

    private async Task ForAll(Func<IExecutionGrain, Task> deliver, Func<InstrumentId, bool>? concerns = null)
    {
        foreach (var instrument in Instruments().Where(instrument => concerns is null || concerns(instrument)))
        {
            var execution = Execution(instrument);
            await Guarded(execution, () => deliver(execution));
        }
    }

    /// <summary>A report that a grain did not accept is not lost: its next activation reads the venue's records.</summary>
    private async Task Guarded(IExecutionGrain execution, Func<Task> deliver)
    {
        try
        {
            await deliver();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotTaken(logger, execution.GetPrimaryKeyString(), e.Message);
        }
    }

    private string Portfolio() => agent.Value.Portfolios[0].Id;

    private IEnumerable<InstrumentId> Instruments() =>
        agent.Value.Strategies.Where(s => s.Portfolio == Portfolio()).Select(s => InstrumentId.Parse(s.Instrument)).Distinct();

    private IExecutionGrain Execution(InstrumentId instrument) =>
        grains.GetGrain<IExecutionGrain>(GrainKeys.Execution(Portfolio(), instrument));
}
