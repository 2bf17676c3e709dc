using System.Collections.Immutable;
using BtcAgent.Contracts.Control;
using BtcAgent.Contracts.Execution;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Trading;
using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Grains.Activations;
using BtcAgent.Grains.Keys;
using BtcAgent.Grains.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace BtcAgent.Grains.Control;

/// <summary>
/// Carries an operator's command to every portfolio. The command is stored first, but for a halt: that does not wait for
/// any store, and stands until all of it is done.
/// </summary>
[CollectionAgeLimit(AlwaysActive = true)]
internal sealed partial class TradingControlGrain(
    [PersistentState(GrainStateNames.TradingControl, WatchedStorage.Provider)] IPersistentState<TradingControlGrainState> state,
    IOptions<AgentOptions> options,
    IServiceProvider services,
    WatchedGrains watched,
    TimeProvider time,
    ILogger<TradingControlGrain> logger) : Grain, ITradingControlGrain
{
    private const int CommandsKept = 100;

    /// <summary>A halt is answered within a second: what is not done by then is pending, and tried again.</summary>
    private static readonly TimeSpan DoneWithin = TimeSpan.FromMilliseconds(700);

    /// <summary>Of them for an execution; one that has not answered by then is cleared at the venue without it.</summary>
    private static readonly TimeSpan ExecutionAnswersWithin = TimeSpan.FromMilliseconds(500);

    /// <summary>For the breakers' states in the answer.</summary>
    private static readonly TimeSpan StatusWithin = TimeSpan.FromMilliseconds(150);

    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);

    private StandingHalt? _standing;
    private IGrainTimer? _retry;
    private Task _recording = Task.CompletedTask;

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        watched.Activate(GrainStateNames.TradingControl, this, () => Task.CompletedTask);

    public async Task<TradingStatus> GetStatus()
    {
        var asked = await Task.WhenAll(Portfolios().Select(async portfolio => (Portfolio: portfolio, Risk: await RiskOf(portfolio))));
        var risks = asked.Where(answer => answer.Risk is not null)
            .ToImmutableSortedDictionary(answer => answer.Portfolio, answer => answer.Risk!, StringComparer.Ordinal);
        return new TradingStatus(
            await IsArmed(), risks.ToImmutableSortedDictionary(risk => risk.Key, risk => risk.Value.Breaker, StringComparer.Ordinal), _standing?.Words)
        {
            Tripped = risks.ToImmutableSortedDictionary(risk => risk.Key, risk => risk.Value.Tripped, StringComparer.Ordinal),
        };
    }

    public Task<bool> IsArmed() => Task.FromResult(!options.Value.MustBeArmed || state.State.IsArmed);

    public Task<string?> GetStandingHalt() => Task.FromResult(_standing?.Reason);

    public async Task<string?> WhyStopped() =>
        _standing is { } standing ? $"HALTED: {standing.Reason}" : await IsArmed() ? null : "NOT_ARMED: an operator has disarmed trading";

    public Task<TradingStatus> Arm(string reason, string operatorName) => SetArmed(true, reason, operatorName);

    public Task<TradingStatus> Disarm(string reason, string operatorName) => SetArmed(false, reason, operatorName);

    public Task<TradingStatus> Halt(string reason, string operatorName) =>
        Stop("halt", reason, operatorName, async execution =>
        {
            var ended = execution.StandDown(reason);
            var answer = await execution.CancelAll(reason);
            await ended;
            return answer;
        });

    public async Task<TradingStatus> Resume(string reason, string operatorName)
    {
        await Record("resume", reason, operatorName);
        Withdraw();
        foreach (var portfolio in Portfolios())
        {
            await GrainFactory.GetGrain<IRiskGrain>(portfolio).Resume($"{operatorName}: {reason}");
        }

        return await GetStatus();
    }

    public Task<TradingStatus> Flatten(string reason, string operatorName)
    {
        var asked = Now();
        return Stop("flatten", reason, operatorName, execution => execution.Flatten(reason, asked));
    }

    private async Task<TradingStatus> Stop(string command, string reason, string operatorName, Func<IExecutionGrain, Task<ClearAnswer>> clear)
    {
        Withdraw();
        var words = $"{operatorName}: {reason}";
        _standing = new StandingHalt(
            words,
            [
                .. Portfolios().Select(portfolio => new HaltPart($"halt of {portfolio}", () => HaltOf(portfolio, words, command == "halt"))),
                new HaltPart("record of the command", async () =>
                {
                    await Record(command, reason, operatorName);
                    return null;
                }),
                .. Executions().Select(execution => new HaltPart($"orders of {execution.GetPrimaryKeyString()}", () => Clear(execution, clear))),
            ]);
        await Go();
        return await GetStatus();
    }

    private async Task Go()
    {
        if (_standing is not { } standing)
        {
            return;
        }

        await standing.TryAsync(DoneWithin, time);
        if (!ReferenceEquals(standing, _standing))
        {
            return; // Another command came meanwhile.
        }

        if (standing.IsDone)
        {
            Withdraw();
            LogHalted(logger, standing.Reason);
        }
        else
        {
            LogPending(logger, standing.Words);
            _retry ??= this.RegisterGrainTimer(Go, new GrainTimerCreationOptions(RetryEvery, RetryEvery));
        }
    }

    private void Withdraw()
    {
        _standing = null;
        _retry?.Dispose();
        _retry = null;
    }

    /// <summary>A halt leaves positions as they are, also those that a breaker was closing.</summary>
    private async Task<string?> HaltOf(string portfolio, string words, bool endsFlatten)
    {
        var risk = GrainFactory.GetGrain<IRiskGrain>(portfolio);
        var ended = endsFlatten ? risk.EndFlatten() : Task.CompletedTask;
        await risk.Halt(words);
        await ended;
        return null;
    }

    /// <summary>An execution whose state cannot be read knows no orders, but the venue does.</summary>
    /// <returns>What is pending, and why; null when the venue's own record shows nothing of ours.</returns>
    private async Task<string?> Clear(IExecutionGrain execution, Func<IExecutionGrain, Task<ClearAnswer>> clear)
    {
        try
        {
            return (await clear(execution).WaitAsync(ExecutionAnswersWithin, time)).Pending;
        }
        catch (Exception e) when (services.GetService<IExecutionVenue>() is not null)
        {
            LogCancelsAtVenue(logger, execution.GetPrimaryKeyString(), e.Message);
            await CancelAtVenue(
                services.GetRequiredService<IExecutionVenue>(),
                InstrumentId.Parse(GrainKeys.Split(execution.GetPrimaryKeyString()).Second));
            throw;
        }
    }

    private static async Task CancelAtVenue(IExecutionVenue venue, InstrumentId instrument)
    {
        var open = await venue.GetOpenOrdersAsync(instrument, CancellationToken.None);
        await Task.WhenAll(open.Select(order => venue.CancelByVenueIdAsync(instrument, order.VenueOrderId, CancellationToken.None)));
    }

    private async Task<TradingStatus> SetArmed(bool armed, string reason, string operatorName)
    {
        await Record(armed ? "arm" : "disarm", reason, operatorName, armed);
        foreach (var portfolio in Portfolios())
        {
            await GrainFactory.GetGrain<IRiskGrain>(portfolio).SetArmed(await IsArmed());
        }

        if (!armed)
        {
            // Orders that were decided while trading was armed may be on their way through a slow store.
            await Task.WhenAll(Executions().Select(execution => execution.Fence($"disarmed by {operatorName}: {reason}")));
        }

        return await GetStatus();
    }

    /// <summary>Null when it does not answer while a halt is pending: the operator is not to wait for it then.</summary>
    private async Task<RiskStatus?> RiskOf(string portfolio)
    {
        var status = GrainFactory.GetGrain<IRiskGrain>(portfolio).GetStatus();
        if (_standing is null)
        {
            return await status;
        }

        try
        {
            return await status.WaitAsync(StatusWithin, time);
        }
        catch (Exception e)
        {
            LogNoStatus(logger, portfolio, e.Message);
            return null;
        }
    }

    /// <summary>One after the other: a write that hangs must not undo in memory what was stored after it.</summary>
    private Task Record(string command, string reason, string operatorName, bool? armed = null) =>
        _recording = RecordAfter(_recording, command, reason, operatorName, armed);

    /// <summary>Memory never runs ahead of the store; and what stands is not to be lost with the activation.</summary>
    private async Task RecordAfter(Task before, string command, string reason, string operatorName, bool? armed)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        var (commands, isArmed) = (state.State.Commands, state.State.IsArmed);
        var entry = new OperatorCommand(Now(), operatorName, command, reason);
        state.State.Commands = [.. commands.TakeLast(CommandsKept - 1), entry];
        state.State.IsArmed = armed ?? isArmed;
        try
        {
            await state.WriteStateAsync();
        }
        catch (Exception e)
        {
            (state.State.Commands, state.State.IsArmed) = (commands, isArmed);
            if (e is InconsistentStateException)
            {
                // Written by another activation, or by a write whose answer did not come.
                await state.ReadStateAsync();
            }

            throw;
        }
    }

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());

    private IEnumerable<string> Portfolios() => options.Value.Portfolios.Select(p => p.Id);

    private IEnumerable<IExecutionGrain> Executions() =>
        options.Value.Strategies
            .Select(s => GrainKeys.Execution(s.Portfolio, InstrumentId.Parse(s.Instrument)))
            .Distinct()
            .Select(key => GrainFactory.GetGrain<IExecutionGrain>(key));
}
