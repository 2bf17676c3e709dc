using System.Collections.Immutable;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Trading;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Signals;

/// <summary>
/// The virtual accounts of one strategy's champion and challengers, by model. They live while a challenger is scored, never make a
/// decision wait, and are stored about once a minute: a crash loses their last minute.
/// </summary>
/// <param name="strategy">The strategy.</param>
/// <param name="options">The agent's settings.</param>
/// <param name="state">State of the grain; written by the caller.</param>
/// <param name="grains">Finds the instrument's rules.</param>
/// <param name="time">The agent's clock.</param>
/// <param name="logger">Log.</param>
internal sealed partial class VirtualAccounts(
    StrategyOptions strategy, AgentOptions options, SignalGrainState state, IGrainFactory grains, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan StoreEvery = TimeSpan.FromMinutes(1);

    private readonly SortedDictionary<string, VirtualLane> _lanes = new(StringComparer.Ordinal);
    private TradingRules? _rules;
    private bool _isAsking;
    private bool _hasChanged;
    private long _takenAt = time.GetTimestamp();
    private long _closedAtTake;

    /// <summary>Figures of all accounts.</summary>
    public ImmutableArray<VirtualAccountSummary> Summaries => [.. _lanes.Values.Select(lane => lane.Summary)];

    /// <summary>Takes a sample with one model's signal. Nothing is traded before the instrument's rules are known.</summary>
    public void OnSample(FeatureSample sample, Signal signal) => LaneOf(signal.ModelId)?.OnSample(sample, signal);

    /// <summary>A model failed on a sample.</summary>
    public void OnFailure(FeatureSample sample, string modelId) => LaneOf(modelId)?.OnFailure(sample);

    /// <summary>Closes the accounts of models that serve no longer.</summary>
    public void Keep(IReadOnlyCollection<string> modelIds)
    {
        foreach (var gone in _lanes.Keys.Except(modelIds).ToArray())
        {
            _lanes.Remove(gone);
            _hasChanged = true;
        }

        state.Accounts = state.Accounts.RemoveAll(stored => !modelIds.Contains(stored.ModelId));
    }

    /// <summary>Puts the accounts into the state when a day was closed, or the last time is long enough ago.</summary>
    /// <returns>True when there is a state to write.</returns>
    public bool TakeIfDue() => (time.GetElapsedTime(_takenAt) >= StoreEvery || Closed() != _closedAtTake) && Take();

    /// <summary>Puts the accounts into the state now.</summary>
    /// <returns>True when there is a state to write.</returns>
    public bool Take()
    {
        (_takenAt, _closedAtTake) = (time.GetTimestamp(), Closed());
        if (!_hasChanged)
        {
            return false;
        }

        // Stored ones whose model has not been sampled since the start are kept.
        state.Accounts = [.. state.Accounts.Where(stored => !_lanes.ContainsKey(stored.ModelId)), .. _lanes.Values.Select(lane => lane.ToState())];
        _hasChanged = false;
        return true;
    }

    private long Closed() => _lanes.Values.Sum(lane => lane.DaysClosed);

    private VirtualLane? LaneOf(string modelId)
    {
        if (_rules is not { } rules)
        {
            if (!_isAsking)
            {
                _isAsking = true;
                _ = AskRules();
            }

            return null;
        }

        _hasChanged = true;
        if (!_lanes.TryGetValue(modelId, out var lane))
        {
            _lanes[modelId] = lane = new VirtualLane(modelId, rules, Terms(), state.Accounts.FirstOrDefault(stored => stored.ModelId == modelId));
        }

        return lane;
    }

    private async Task AskRules()
    {
        try
        {
            _rules = await grains.GetGrain<IInstrumentGrain>(strategy.Instrument).GetRules();
        }
        catch (Exception e)
        {
            LogNoRules(logger, strategy.Name, e.Message);
        }
        finally
        {
            _isAsking = false; // The next sample asks again.
        }
    }

    private VirtualTerms Terms()
    {
        var portfolio = options.Portfolios.First(p => p.Id == strategy.Portfolio);
        ImmutableSortedDictionary<string, decimal> balances = portfolio.InitialBalances.Count > 0
            ? portfolio.InitialBalances.ToImmutableSortedDictionary(StringComparer.Ordinal)
            : ImmutableSortedDictionary.Create<string, decimal>(StringComparer.Ordinal).Add(portfolio.QuoteAsset, DefaultCapital);
        return new VirtualTerms(portfolio.QuoteAsset, balances, options.Limits, options.Sizing, options.PlacementInForce(), options.Paper);
    }

    /// <summary>At a venue the portfolio has the venue's balances, which a virtual account does not share.</summary>
    private const decimal DefaultCapital = 100_000;

    [LoggerMessage(EventId = 529, Level = LogLevel.Warning, Message = "{Strategy}: challengers are not traded virtually yet, the rules of the instrument cannot be read: {Problem}")]
    private static partial void LogNoRules(ILogger logger, string strategy, string problem);
}
