using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Settings;
using BtcAgent.Contracts.Signals;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Trading;
using BtcAgent.Grains.Measurement;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Signals;

/// <summary>
/// Takes the signals of a strategy's canary to the risk of its canary portfolio. Invariants: (1) the champion's turn waits for
/// nothing here, and no failure leaves this class; (2) a canary sends its first order only when the portfolio holds nothing of
/// another one, and the store knows whose books they are; (3) one decision is in flight, the newest sample waits, others are
/// counted.
/// </summary>
/// <param name="strategy">The strategy.</param>
/// <param name="state">State of the grain.</param>
/// <param name="write">Stores it.</param>
/// <param name="grains">Finds the portfolio.</param>
/// <param name="facts">Takes the decisions.</param>
/// <param name="logger">Log.</param>
internal sealed partial class CanaryTrading(
    StrategyOptions strategy, SignalGrainState state, Func<Task> write, IGrainFactory grains, IFactPublisher facts, ILogger logger)
{
    private readonly string _portfolio = strategy.CanaryPortfolio;
    private CanaryTurn? _turn;
    private (FeatureSample Sample, Signal Signal)? _waiting;
    private bool _isBusy;
    private long _decisions;
    private long _skipped;
    private string? _problem;

    /// <summary>Null without a canary portfolio.</summary>
    public CanaryStatus? Status => _portfolio.Length == 0 ? null : new(_portfolio, _turn, state.Canary, _decisions, _skipped, _problem);

    /// <summary>Another canary, or none, from the next sample on.</summary>
    public void Assign(CanaryTurn? turn)
    {
        if (turn != _turn)
        {
            (_turn, _waiting, _problem) = (turn, null, null);
        }
    }

    /// <summary>Decides after the decision in flight; the signal of another model changes nothing.</summary>
    public void Offer(FeatureSample sample, Signal signal)
    {
        if (_portfolio.Length == 0 || signal.ModelId != _turn?.ModelId)
        {
            return;
        }

        _skipped += _waiting is null ? 0 : 1;
        _waiting = (sample, signal);
        if (!_isBusy)
        {
            _ = DrainAsync();
        }
    }

    private async Task DrainAsync()
    {
        _isBusy = true;
        while (_waiting is { } next)
        {
            _waiting = null;
            try
            {
                Note(await DecideAsync(next.Sample, next.Signal));
            }
            catch (Exception e)
            {
                Note(e.Message);
            }
        }

        _isBusy = false;
    }

    /// <returns>Why nothing was decided; null when it was.</returns>
    private async Task<string?> DecideAsync(FeatureSample sample, Signal signal)
    {
        if (_turn is not { } turn)
        {
            return null;
        }

        if (await WhyNotOursAsync(turn, sample) is { } held)
        {
            return $"waits until the portfolio is empty: {held}";
        }

        if (turn != _turn)
        {
            return null; // Ended while the books were read.
        }

        var risk = await grains.GetGrain<IRiskGrain>(_portfolio).Assess(signal, sample);
        AgentMeter.Decisions.Add(1, new KeyValuePair<string, object?>("outcome", risk.Outcome.ToString()));
        facts.Publish(new DecisionFact(new Decision { Id = risk.Decision, Portfolio = _portfolio, Sample = sample, Signal = signal, Risk = risk }));
        _decisions++;
        return null;
    }

    private async Task<string?> WhyNotOursAsync(CanaryTurn turn, FeatureSample sample)
    {
        var former = state.Canary;
        if (former?.Turn == turn && former.Portfolio == _portfolio)
        {
            return null;
        }

        var holdings = await CanaryHoldings.ReadAsync(grains, _portfolio, sample.Instrument);
        if (holdings.Held is not null)
        {
            return holdings.Held;
        }

        state.Canary = new CanaryBooks(turn, _portfolio, CanaryHoldings.PnlOf(holdings.Books), sample.EventTime);
        try
        {
            await write();
        }
        catch
        {
            state.Canary = former;
            throw;
        }

        LogBegins(logger, strategy.Name, turn.ModelId, _portfolio);
        return null;
    }

    private void Note(string? problem)
    {
        if (problem is not null && problem != _problem)
        {
            LogNotDecided(logger, strategy.Name, _turn?.ModelId, problem);
        }

        _problem = problem;
    }

    [LoggerMessage(EventId = 730, Level = LogLevel.Information, Message = "{Strategy}: canary {Model} trades in portfolio {Portfolio}")]
    private static partial void LogBegins(ILogger logger, string strategy, string model, string portfolio);

    [LoggerMessage(EventId = 731, Level = LogLevel.Warning, Message = "{Strategy}: canary {Model} does not trade now: {Problem}")]
    private static partial void LogNotDecided(ILogger logger, string strategy, string? model, string problem);
}
