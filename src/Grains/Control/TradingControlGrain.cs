using System.Collections.Immutable;
using BtcAgent.Contracts.Control;
using BtcAgent.Contracts.Execution;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Trading;
using BtcAgent.Domain.Risk;
using BtcAgent.Grains.Keys;
using BtcAgent.Grains.Storage;
using Microsoft.Extensions.Options;

namespace BtcAgent.Grains.Control;

/// <summary>Carries an operator's command to every portfolio; the command is stored first.</summary>
internal sealed class TradingControlGrain(
    [PersistentState(GrainStateNames.TradingControl, GrainStateNames.Provider)] IPersistentState<TradingControlGrainState> state,
    IOptions<AgentOptions> options,
    TimeProvider time) : Grain, ITradingControlGrain
{
    private const int CommandsKept = 100;

    public async Task<TradingStatus> GetStatus()
    {
        var breakers = ImmutableSortedDictionary.CreateBuilder<string, BreakerState>(StringComparer.Ordinal);
        foreach (var portfolio in Portfolios())
        {
            breakers[portfolio] = (await GrainFactory.GetGrain<IRiskGrain>(portfolio).GetStatus()).Breaker;
        }

        return new TradingStatus(await IsArmed(), breakers.ToImmutable());
    }

    public Task<bool> IsArmed() => Task.FromResult(!options.Value.MustBeArmed || state.State.IsArmed);

    public Task<TradingStatus> Arm(string reason, string operatorName) => SetArmed(true, reason, operatorName);

    public Task<TradingStatus> Disarm(string reason, string operatorName) => SetArmed(false, reason, operatorName);

    public async Task<TradingStatus> Halt(string reason, string operatorName)
    {
        await Record("halt", reason, operatorName);
        await HaltAll(reason, operatorName);
        await Task.WhenAll(Executions().Select(execution => execution.CancelAll(reason)));

        return await GetStatus();
    }

    public async Task<TradingStatus> Resume(string reason, string operatorName)
    {
        await Record("resume", reason, operatorName);
        foreach (var portfolio in Portfolios())
        {
            await GrainFactory.GetGrain<IRiskGrain>(portfolio).Resume($"{operatorName}: {reason}");
        }

        return await GetStatus();
    }

    public async Task<TradingStatus> Flatten(string reason, string operatorName)
    {
        await Record("flatten", reason, operatorName);
        await HaltAll(reason, operatorName);
        await Task.WhenAll(Executions().Select(execution => execution.Flatten(reason)));

        return await GetStatus();
    }

    private async Task HaltAll(string reason, string operatorName)
    {
        await Task.WhenAll(Portfolios().Select(portfolio => GrainFactory.GetGrain<IRiskGrain>(portfolio).Halt($"{operatorName}: {reason}")));
    }

    private async Task<TradingStatus> SetArmed(bool armed, string reason, string operatorName)
    {
        state.State.IsArmed = armed;
        await Record(armed ? "arm" : "disarm", reason, operatorName);
        foreach (var portfolio in Portfolios())
        {
            await GrainFactory.GetGrain<IRiskGrain>(portfolio).SetArmed(await IsArmed());
        }

        return await GetStatus();
    }

    private async Task Record(string command, string reason, string operatorName)
    {
        var entry = new OperatorCommand(Timestamp.FromDateTimeOffset(time.GetUtcNow()), operatorName, command, reason);
        state.State.Commands = [.. state.State.Commands.TakeLast(CommandsKept - 1), entry];
        await state.WriteOrDeactivate(this);
    }

    private IEnumerable<string> Portfolios() => options.Value.Portfolios.Select(p => p.Id);

    private IEnumerable<IExecutionGrain> Executions() =>
        options.Value.Strategies
            .Select(s => GrainKeys.Execution(s.Portfolio, InstrumentId.Parse(s.Instrument)))
            .Distinct()
            .Select(key => GrainFactory.GetGrain<IExecutionGrain>(key));
}
