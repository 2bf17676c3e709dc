using System.Collections.Immutable;
using BtcAgent.Contracts.Control;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Risk;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using BtcAgent.Grains.Activations;
using BtcAgent.Grains.Keys;
using BtcAgent.Grains.Measurement;
using BtcAgent.Grains.Storage;

namespace BtcAgent.Grains.Execution;

/// <summary>Connects a desk to the grains around it, and to the state of the grain that holds it.</summary>
internal sealed class DeskHost : IDeskHost
{
    private readonly IGrainBase _grain;
    private readonly IGrainFactory _grains;
    private readonly IPersistentState<ExecutionGrainState> _state;
    private readonly RiskLimits _limits;
    private readonly IFactPublisher _facts;
    private readonly ActivationFailures _failures;
    private readonly SharedWrites _writes;
    private readonly string _key;

    public DeskHost(
        IGrainBase grain, IGrainFactory grains, IPersistentState<ExecutionGrainState> state, RiskLimits limits, IFactPublisher facts, ActivationFailures failures)
    {
        (_grain, _grains, _state, _limits, _facts, _failures) = (grain, grains, state, limits, facts, failures);
        _key = grain.GrainContext.GrainId.Key.ToString()!;
        _writes = new SharedWrites(() => state.WriteOrDeactivate(grain));
        var (portfolio, instrument) = GrainKeys.Split(_key);
        (Portfolio, Instrument) = (portfolio, InstrumentId.Parse(instrument));
    }

    public string Portfolio { get; }

    public InstrumentId Instrument { get; }

    public ExecutionGrainState Stored => _state.State;

    public Standstill? Standstill => _failures.StandstillOf(_key);

    public Task StoreAsync() => _writes.WriteAsync();

    public Task<TradingRules?> GetRulesAsync() => _grains.GetGrain<IInstrumentGrain>(Instrument.Key).GetRules();

    public async Task BookAsync(ImmutableArray<Fill> fills)
    {
        await Books().Apply(fills);

        // A crash between booking and publishing loses the fact, never the fill; consumers deduplicate by trade id.
        AgentMeter.Fills.Add(fills.Length);
        foreach (var fill in fills)
        {
            _facts.Publish(new FillFact(fill));
        }
    }

    public void Publish(Order order) => _facts.Publish(new OrderFact(order));

    public Task<PortfolioSnapshot> GetBooksAsync() => Books().GetSnapshot();

    public Task<string?> OpenBooksAsync(ImmutableSortedDictionary<string, decimal> balances) => Books().OpenAccount(balances);

    public Task<AccountSettlement> AgreeAsync(AccountReading reading) => Books().Agree(reading);

    public async Task<decimal> GetOrderNotionalMaxAsync() =>
        (await Risk().GetLimits()).Values.GetValueOrDefault(nameof(RiskLimits.MaxOrderNotional), _limits.MaxOrderNotional);

    public async Task<string?> WhyHaltedAsync()
    {
        if (await Control().GetPendingHalt(Portfolio) is { } pending)
        {
            return pending;
        }

        var breaker = (await Risk().GetStatus()).Breaker;
        return breaker.Mode == BreakerMode.Halted ? breaker.Reason : null;
    }

    public async Task<string?> WhyStoppedAsync() => await WhyHaltedAsync() ?? await Control().WhyStopped(Portfolio);

    public Task HaltAsync(string reason) => Risk().Halt(reason);

    public void Works() => _failures.Clear(_key);

    public void End() => _grain.DeactivateOnIdle();

    public void Failed(Exception failure)
    {
        _failures.Failed(_key, $"{failure.GetType().Name}: {failure.Message}", ActivationFailures.MayPass(failure));
        End();
    }

    private IPortfolioGrain Books() => _grains.GetGrain<IPortfolioGrain>(Portfolio);

    private IRiskGrain Risk() => _grains.GetGrain<IRiskGrain>(Portfolio);

    private ITradingControlGrain Control() => _grains.GetGrain<ITradingControlGrain>(ITradingControlGrain.Key);
}
