using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Idempotency;
using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Grains.Activations;
using BtcAgent.Grains.Instruments;
using BtcAgent.Grains.Measurement;
using BtcAgent.Grains.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Grains.Portfolios;

/// <summary>Keeps the books of one portfolio. Stores each fill before it acknowledges it, and a mark soon after.</summary>
internal sealed partial class PortfolioGrain(
    [PersistentState(GrainStateNames.Portfolio, WatchedStorage.Provider)] IPersistentState<PortfolioGrainState> state,
    IOptions<AgentOptions> options,
    IFactPublisher facts,
    WatchedGrains watched,
    TimeProvider time,
    ILogger<PortfolioGrain> logger) : Grain, IPortfolioGrain
{
    /// <summary>
    /// Event time between writes of marks that are not a new high: the most that the equity curve can lose.
    /// </summary>
    private static readonly TimeSpan EquityStoredEvery = TimeSpan.FromSeconds(5);

    private RulesMemory _rules = null!;
    private PortfolioLedger _ledger = null!;
    private Timestamp _storedAt;
    private SharedWrites _writes = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Configured(); // A call to an unconfigured portfolio is not a failure of the grain.
        _rules = new RulesMemory(GrainFactory, time);
        _writes = new SharedWrites(WriteAsync);
        return watched.Activate(GrainStateNames.Portfolio, this, () =>
        {
            _ledger = state.State.Ledger is { } stored ? PortfolioLedger.Restore(stored) : Open();
            return Task.CompletedTask;
        });
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (state.State.Ledger is not null && reason.ReasonCode == DeactivationReasonCode.ShuttingDown)
        {
            await Store().WaitAsync(cancellationToken);
        }
    }

    public async Task<PortfolioSnapshot> Apply(ImmutableArray<Fill> fills)
    {
        var rules = new Dictionary<InstrumentId, TradingRules>();
        foreach (var instrument in fills.Select(fill => fill.Instrument).Distinct())
        {
            rules[instrument] = await _rules.Of(instrument);
        }

        var applied = false;
        try
        {
            foreach (var fill in fills)
            {
                applied |= _ledger.Apply(fill, rules[fill.Instrument]);
            }
        }
        catch
        {
            // Some fills may be booked in memory, but none is stored: the next activation starts from the store.
            DeactivateOnIdle();
            throw;
        }

        if (applied)
        {
            await StoreAndPublish();
        }

        return _ledger.Snapshot();
    }

    public async Task<string?> OpenAccount(ImmutableSortedDictionary<string, decimal> balances)
    {
        if (state.State.IsOpened || _ledger.Snapshot().FillCount > 0)
        {
            return null;
        }

        var configured = Configured();
        if (Allocation.Divide(balances, configured.Allocated(), configured.QuoteAsset, TradedAssets(configured), out var problem) is not var (own, outside))
        {
            return problem;
        }

        _ledger = new PortfolioLedger(configured.Id, configured.QuoteAsset, own, outside);
        state.State.IsOpened = true;
        await StoreAndPublish();
        LogOpened(logger, configured.Id, Words(own), Words(outside.Balances));
        return null;
    }

    public async Task<AccountSettlement> Agree(AccountReading reading)
    {
        // One acceptance compares each instrument's assets once; a repeat must not accept what differs only since then.
        var acceptance = reading.Accepted is not null && CommandOperation.Current is { } operation
            ? $"{operation}/{string.Join(',', reading.Balances.Keys)}"
            : null;
        var settlement = _ledger.Agree(state.State.Operations.Find(acceptance) is null ? reading : reading with { Accepted = null });
        if (settlement.IsCompared)
        {
            state.State.Operations = state.State.Operations.Add(acceptance);
        }

        if (!settlement.Booked.IsEmpty || !settlement.OutsideChanges.IsEmpty || (acceptance is not null && settlement.IsCompared))
        {
            await StoreAndPublish();
        }

        foreach (var change in settlement.OutsideChanges)
        {
            LogOutside(logger, this.GetPrimaryKeyString(), change.Asset, change.Outside, change.Outside + change.Amount);
        }

        return settlement;
    }

    public Task<ImmutableArray<InstrumentId>> GetMarketsToValue()
    {
        var configured = Configured();
        var venue = Instruments().Select(instrument => instrument.Venue).FirstOrDefault();
        return Task.FromResult<ImmutableArray<InstrumentId>>(venue is null ? [] :
        [
            .. _ledger.Snapshot().FeeAssets.Select(fee => fee.Asset)
                .Concat(configured.InitialBalances.Keys).Concat(configured.Allocation.Keys)
                .Except(TradedAssets(configured).Append(configured.QuoteAsset)).Distinct(StringComparer.Ordinal)
                .Select(asset => InstrumentId.Parse($"{venue}:{asset}{configured.QuoteAsset}")),
        ]);
    }

    public Task Value(InstrumentId market, decimal mid)
    {
        _ledger.Value(market, mid);
        return Task.CompletedTask;
    }

    public async Task<PortfolioSnapshot> Transfer(BalanceTransfer transfer)
    {
        if (_ledger.Transfer(transfer))
        {
            await StoreAndPublish();
        }

        return _ledger.Snapshot();
    }

    public Task<PortfolioSnapshot> Mark(InstrumentId instrument, decimal mid, Timestamp eventTime)
    {
        var before = _ledger.Snapshot();
        var after = _ledger.Mark(instrument, mid, eventTime);
        if (after.HighWaterMark != before.HighWaterMark || after.DayStartEquity != before.DayStartEquity
            || eventTime - _storedAt >= EquityStoredEvery)
        {
            // Not awaited: an order may depend on this answer. A failed write ends the activation.
            _storedAt = eventTime;
            _ = StoreMark();
            facts.Publish(new PortfolioFact(after));
        }

        PortfolioGauges.Record(after);
        return Task.FromResult(after);
    }

    public Task<PortfolioSnapshot> GetSnapshot() => Task.FromResult(_ledger.Snapshot());

    public Task<ImmutableArray<EquityPoint>> GetEquityCurve() =>
        Task.FromResult<ImmutableArray<EquityPoint>>([.. _ledger.EquityCurve]);

    private PortfolioLedger Open()
    {
        var configured = Configured();
        return new PortfolioLedger(configured.Id, configured.QuoteAsset, configured.InitialBalances);
    }

    private PortfolioOptions Configured()
    {
        var id = this.GetPrimaryKeyString();
        return options.Value.Portfolios.FirstOrDefault(p => p.Id == id)
            ?? throw new ArgumentException(
                $"no portfolio '{id}' is configured; known: {string.Join(", ", options.Value.Portfolios.Select(p => p.Id))}");
    }

    /// <summary>
    /// Base assets of the instruments traded for it; instruments with another quote asset cannot be booked.
    /// </summary>
    private IEnumerable<string> TradedAssets(PortfolioOptions configured) => Instruments()
        .Where(instrument => instrument.Symbol.EndsWith(configured.QuoteAsset, StringComparison.Ordinal))
        .Select(instrument => instrument.Symbol[..^configured.QuoteAsset.Length]).Distinct();

    private IEnumerable<InstrumentId> Instruments() => options.Value.InstrumentsOf(this.GetPrimaryKeyString());

    private static string Words(ImmutableSortedDictionary<string, decimal> balances) => string.Join(
        ", ", balances.Select(b => string.Create(CultureInfo.InvariantCulture, $"{b.Value} {b.Key}")));

    private async Task StoreMark()
    {
        try
        {
            await Store();
        }
        catch (Exception e)
        {
            LogMarkFailed(logger, this.GetPrimaryKeyString(), e.Message);
        }
    }

    private async Task StoreAndPublish()
    {
        await Store();
        facts.Publish(new PortfolioFact(_ledger.Snapshot()));
    }

    private Task Store() => _writes.WriteAsync();

    private Task WriteAsync()
    {
        state.State.Ledger = _ledger.ToState();
        return state.WriteOrDeactivate(this);
    }
}
