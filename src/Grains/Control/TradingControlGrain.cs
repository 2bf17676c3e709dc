using System.Collections.Immutable;
using BtcAgent.Contracts.Control;
using BtcAgent.Contracts.Execution;
using BtcAgent.Contracts.Idempotency;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Settings;
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
/// Carries out an operator's command on every portfolio. Stores each command first, except a halt: that waits for no store,
/// and stays in force until all of it is complete.
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

    /// <summary>A halt is answered within a second: what is not complete by then is pending, and retried.</summary>
    private static readonly TimeSpan DoneWithin = TimeSpan.FromMilliseconds(700);

    /// <summary>
    /// Share of it for an execution; the orders of one that has not answered by then are cancelled at the venue without it.
    /// </summary>
    private static readonly TimeSpan ExecutionAnswersWithin = TimeSpan.FromMilliseconds(500);

    /// <summary>Share of it for the breakers' states in the answer.</summary>
    private static readonly TimeSpan StatusWithin = TimeSpan.FromMilliseconds(150);

    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);

    private readonly SortedDictionary<string, PendingHalt> _pending = new(StringComparer.Ordinal);
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
            await IsArmed(), risks.ToImmutableSortedDictionary(risk => risk.Key, risk => risk.Value.Breaker, StringComparer.Ordinal), ProgressOfPending())
        {
            Tripped = risks.ToImmutableSortedDictionary(risk => risk.Key, risk => risk.Value.Tripped, StringComparer.Ordinal),
        };
    }

    public Task<bool> IsArmed() => Task.FromResult(!options.Value.MustBeArmed || state.State.IsArmed);

    public Task<string?> GetPendingHalt(string? portfolio = null) =>
        Task.FromResult((portfolio is null ? _pending.Values.FirstOrDefault() : _pending.GetValueOrDefault(portfolio))?.Reason);

    public async Task<string?> WhyStopped(string? portfolio = null) =>
        await GetPendingHalt(portfolio) is { } reason ? $"HALTED: {reason}" : await IsArmed() ? null : "NOT_ARMED: an operator has disarmed trading";

    public Task<TradingStatus> Arm(string reason, string operatorName) => SetArmed(true, reason, operatorName);

    public Task<TradingStatus> Disarm(string reason, string operatorName) => SetArmed(false, reason, operatorName);

    public Task<TradingStatus> Halt(string reason, string operatorName, string? portfolio = null) =>
        Stop(CommandHistory.Halt, reason, operatorName, portfolio, async execution =>
        {
            var ended = execution.StandDown(reason);
            var answer = await execution.CancelAll(reason);
            await ended;
            return answer;
        });

    /// <summary>A repeat whose first try was not complete resumes the rest, unless it was halted since.</summary>
    public async Task<TradingStatus> Resume(string reason, string operatorName, string? portfolio = null)
    {
        var operation = CommandOperation.Current;
        var isRepeat = CommandHistory.Has(state.State.Commands, operation);
        await Record(CommandHistory.NameOf(CommandHistory.Resume, portfolio), reason, operatorName, operation: operation);
        string[] portfolios = [.. Portfolios(portfolio).Where(p => !isRepeat || !IsHaltedSince(operation, p))];
        foreach (var resumed in isRepeat ? [] : portfolios)
        {
            Withdraw(resumed);
        }

        foreach (var resumed in portfolios)
        {
            await GrainFactory.GetGrain<IRiskGrain>(resumed).Resume($"{operatorName}: {reason}");
        }

        return await GetStatus();
    }

    public Task<TradingStatus> Flatten(string reason, string operatorName, string? portfolio = null)
    {
        var asked = Now();
        return Stop(CommandHistory.Flatten, reason, operatorName, portfolio, execution => execution.Flatten(reason, asked));
    }

    /// <summary>Each portfolio's halt is pending by itself. A repeat halts once more, except portfolios that were resumed since.</summary>
    private async Task<TradingStatus> Stop(
        string command, string reason, string operatorName, string? portfolio, Func<IExecutionGrain, Task<ClearAnswer>> clear)
    {
        var operation = CommandOperation.Current;
        var words = $"{operatorName}: {reason}";
        var record = new HaltPart("record of the command", async () =>
        {
            await Record(CommandHistory.NameOf(command, portfolio), reason, operatorName, operation: operation);
            return null;
        });
        foreach (var halted in Portfolios(portfolio).Where(p => !CommandHistory.IsFollowedBy(state.State.Commands, operation, p, CommandHistory.Resume)))
        {
            _pending[halted] = new PendingHalt(
                words,
                [
                    new HaltPart($"halt of {halted}", () => HaltOf(halted, words, command == CommandHistory.Halt)),
                    record,
                    .. Executions(halted).Select(execution => new HaltPart($"orders of {execution.GetPrimaryKeyString()}", () => Clear(execution, clear))),
                ]);
        }

        await AdvanceAsync();
        return await GetStatus();
    }

    private async Task AdvanceAsync()
    {
        await Task.WhenAll(_pending.ToArray().Select(async entry =>
        {
            var (portfolio, pending) = entry;
            await pending.TryAsync(DoneWithin, time);
            if (!ReferenceEquals(pending, _pending.GetValueOrDefault(portfolio)))
            {
                return; // Superseded by another command.
            }

            if (pending.IsDone)
            {
                Withdraw(portfolio);
                LogHalted(logger, portfolio, pending.Reason);
            }
            else
            {
                LogPending(logger, portfolio, pending.Progress);
                _retry ??= this.RegisterGrainTimer(AdvanceAsync, new GrainTimerCreationOptions(RetryEvery, RetryEvery));
            }
        }));
    }

    private bool IsHaltedSince(string? operation, string portfolio) => _pending.ContainsKey(portfolio)
        || CommandHistory.IsFollowedBy(state.State.Commands, operation, portfolio, CommandHistory.Halt, CommandHistory.Flatten);

    private void Withdraw(string portfolio)
    {
        _pending.Remove(portfolio);
        if (_pending.Count == 0)
        {
            _retry?.Dispose();
            _retry = null;
        }
    }

    private string? ProgressOfPending() =>
        _pending.Count == 0 ? null : string.Join(" | ", _pending.Values.Select(pending => pending.Progress));

    /// <summary>A halt leaves positions unchanged, including those that a breaker was closing.</summary>
    private async Task<string?> HaltOf(string portfolio, string words, bool endsFlatten)
    {
        var risk = GrainFactory.GetGrain<IRiskGrain>(portfolio);
        var ended = endsFlatten ? risk.EndFlatten() : Task.CompletedTask;
        await risk.Halt(words);
        await ended;
        return null;
    }

    /// <summary>
    /// Clears through the execution or, when its state cannot be read, at the venue, which knows the orders.
    /// </summary>
    /// <returns>The pending part, with the reason; null when the venue's records show none of the agent's orders open.</returns>
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
        // A repeat records nothing, and passes on what is in force now.
        await Record(armed ? "arm" : "disarm", reason, operatorName, armed, CommandOperation.Current);
        foreach (var portfolio in Portfolios())
        {
            await GrainFactory.GetGrain<IRiskGrain>(portfolio).SetArmed(await IsArmed());
        }

        if (!armed && !state.State.IsArmed)
        {
            // Orders that were decided while trading was armed may still be waiting for a slow store.
            await Task.WhenAll(Executions().Select(execution => execution.Fence($"disarmed by {operatorName}: {reason}")));
        }

        return await GetStatus();
    }

    /// <summary>
    /// Returns the risk status of a portfolio, or null when it does not answer in time while a halt is pending.
    /// </summary>
    private async Task<RiskStatus?> RiskOf(string portfolio)
    {
        var status = GrainFactory.GetGrain<IRiskGrain>(portfolio).GetStatus();
        if (_pending.Count == 0)
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

    /// <summary>Writes one command at a time: a failed write must not undo in memory what was stored after it.</summary>
    private Task Record(string command, string reason, string operatorName, bool? armed = null, string? operation = null) =>
        _recording = RecordAfter(_recording, new OperatorCommand(Now(), operatorName, command, reason, operation), armed);

    /// <summary>
    /// Rolls memory back when the write fails, but keeps the activation: the pending halt lives only in it.
    /// </summary>
    private async Task RecordAfter(Task before, OperatorCommand entry, bool? armed)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        var (commands, isArmed) = (state.State.Commands, state.State.IsArmed);
        if (CommandHistory.Has(commands, entry.Operation))
        {
            return;
        }

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
                // Written by another activation, or by a write whose answer was lost.
                await state.ReadStateAsync();
            }

            throw;
        }
    }

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());

    private IEnumerable<string> Portfolios(string? only = null) => options.Value.Portfolios.Select(p => p.Id).Where(id => (only ?? id) == id);

    private IEnumerable<IExecutionGrain> Executions(string? portfolio = null) =>
        options.Value.Executions()
            .Where(execution => (portfolio ?? execution.Portfolio) == execution.Portfolio)
            .Select(execution => GrainFactory.GetGrain<IExecutionGrain>(
                GrainKeys.Execution(execution.Portfolio, InstrumentId.Parse(execution.Instrument))));
}
