using BtcAgent.Contracts.Control;
using BtcAgent.Contracts.Idempotency;
using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Settings;
using BtcAgent.Contracts.Signals;
using BtcAgent.Domain.Risk;
using BtcAgent.Grains.Keys;
using BtcAgent.Grains.Signals;

namespace BtcAgent.Silo.Experiments;

/// <summary>
/// Closes what ended canaries hold in their portfolios, and reads what running ones have earned. Invariants: (1) whose position it
/// is, and whether it is closed, is read each time, so that a crash between two steps changes nothing; (2) a portfolio is halted
/// while it is closed; (3) only that halt is released, and only by the desk that caused it: after a crash, or when somebody
/// else has halted the portfolio, a person resumes it.
/// </summary>
internal sealed partial class CanaryDesk(IGrainFactory grains, TimeProvider time, ILogger<CanaryDesk> logger)
{
    private const string Agent = "experiment";

    /// <summary>A flatten lasts until it is complete; it is requested again in case its grain has lost it.</summary>
    private static readonly TimeSpan RequestAgain = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (CanaryTurn Turn, long At)> _requested = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BreakerState> _halts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _problems = new(StringComparer.Ordinal);

    private ITradingControlGrain Control => grains.GetGrain<ITradingControlGrain>(ITradingControlGrain.Key);

    /// <summary>Takes the next step for each portfolio whose canary has ended. A failure is logged and tried again.</summary>
    /// <param name="strategies">The strategies of all instruments.</param>
    public async Task CloseAsync(IEnumerable<StrategyOptions> strategies)
    {
        foreach (var portfolio in strategies.Where(s => s.CanaryPortfolio.Length > 0).GroupBy(s => s.CanaryPortfolio))
        {
            var problem = "";
            try
            {
                await CloseAsync(portfolio.Key, [.. portfolio]);
            }
            catch (Exception e)
            {
                problem = e.Message;
            }

            if (problem.Length > 0 && problem != _problems.GetValueOrDefault(portfolio.Key))
            {
                LogFailed(logger, portfolio.Key, problem);
            }

            _problems[portfolio.Key] = problem;
        }
    }

    /// <summary>The figures of a canary; null without a canary portfolio, or while another model is the canary.</summary>
    /// <param name="strategies">The strategy on each of its instruments.</param>
    /// <param name="model">The challenger.</param>
    public async Task<CanaryFigures?> ReadAsync(IReadOnlyList<StrategyOptions> strategies, string model)
    {
        CanaryBooks? first = null;
        var isCanary = false;
        foreach (var strategy in strategies.Where(s => s.CanaryPortfolio.Length > 0))
        {
            if ((await SignalsOf(strategy).GetStatus()).Canary is { Turn: { } turn } status && turn.ModelId == model)
            {
                isCanary = true;
                first = status.Books is { } books && books.Turn == turn && !(first?.From <= books.From) ? books : first;
            }
        }

        if (!isCanary)
        {
            return null;
        }

        var portfolio = strategies[0].CanaryPortfolio;
        var own = await grains.GetGrain<IPortfolioGrain>(portfolio).GetSnapshot();
        var main = await grains.GetGrain<IPortfolioGrain>(strategies[0].Portfolio).GetSnapshot();
        var capital = main.InitialEquity > 0 ? main.InitialEquity : own.InitialEquity;
        var pnl = first is null || capital <= 0 ? 0 : (double)((CanaryHoldings.PnlOf(own) - first.PnlBefore) / capital);
        var risk = await RiskOf(portfolio).GetStatus();
        return new(portfolio, pnl, risk is { Breaker.Mode: BreakerMode.Halted, Cause: BreakerCause.Drawdown } ? risk.Breaker.Reason : null);
    }

    /// <summary>Why no canary can trade in the strategy's canary portfolio now; null when one can, or there is no such portfolio.</summary>
    public async Task<string?> RedGateAsync(StrategyOptions strategy)
    {
        if (strategy.CanaryPortfolio.Length == 0)
        {
            return null;
        }

        var breaker = (await RiskOf(strategy.CanaryPortfolio).GetStatus()).Breaker;
        return breaker.Mode == BreakerMode.Halted
            ? $"the canary portfolio '{strategy.CanaryPortfolio}' is halted ({breaker.Reason}): resume it"
            : null;
    }

    private async Task CloseAsync(string portfolio, StrategyOptions[] strategies)
    {
        CanaryBooks? ended = null;
        string? held = null;
        foreach (var strategy in strategies)
        {
            if ((await SignalsOf(strategy).GetStatus()).Canary?.Ended is { } books)
            {
                ended = books;
                held ??= (await CanaryHoldings.ReadAsync(grains, portfolio, InstrumentId.Parse(strategy.Instrument))).Held;
            }
        }

        if (ended is null)
        {
            return;
        }

        if (held is not null)
        {
            await FlattenAsync(portfolio, ended.Turn, held);
        }
        else if (_halts.TryGetValue(portfolio, out var halt) && await Control.GetPendingHalt(portfolio) is null)
        {
            _halts.Remove(portfolio);
            var isReleased = await RiskOf(portfolio).Release(halt, $"{Agent}: {ended.Turn.ModelId} has no position any more");
            LogClosed(logger, portfolio, ended.Turn.ModelId, isReleased ? "resumed" : "halted, a person resumes it");
        }
    }

    private async Task FlattenAsync(string portfolio, CanaryTurn turn, string held)
    {
        if (_requested.TryGetValue(portfolio, out var request) && request.Turn == turn && time.GetElapsedTime(request.At) < RequestAgain)
        {
            return;
        }

        var reason = $"{turn.ModelId} is not the canary any more: {held}";
        var before = (await RiskOf(portfolio).GetStatus()).Breaker;
        CommandOperation.Current = $"canary/{portfolio}/{turn.ModelId}/{turn.Since.UnixNanoseconds}";
        try
        {
            await Control.Flatten(reason, Agent, portfolio);
        }
        finally
        {
            CommandOperation.Current = null;
        }

        _requested[portfolio] = (turn, time.GetTimestamp());
        var halt = (await RiskOf(portfolio).GetStatus()).Breaker;
        if (before.Mode != BreakerMode.Halted && halt.Mode == BreakerMode.Halted && halt.Reason == $"{Agent}: {reason}")
        {
            _halts[portfolio] = halt;
        }
        else
        {
            _halts.Remove(portfolio);
        }

        LogCloses(logger, portfolio, turn.ModelId, held);
    }

    private IRiskGrain RiskOf(string portfolio) => grains.GetGrain<IRiskGrain>(portfolio);

    private ISignalGrain SignalsOf(StrategyOptions strategy) =>
        grains.GetGrain<ISignalGrain>(GrainKeys.Signal(InstrumentId.Parse(strategy.Instrument), strategy.Name));

    [LoggerMessage(EventId = 723, Level = LogLevel.Information, Message = "Canary {Model} has ended, portfolio {Portfolio} is closed: {Held}")]
    private static partial void LogCloses(ILogger logger, string portfolio, string model, string held);

    [LoggerMessage(EventId = 724, Level = LogLevel.Information, Message = "Portfolio {Portfolio} of canary {Model} is closed and {State}")]
    private static partial void LogClosed(ILogger logger, string portfolio, string model, string state);

    [LoggerMessage(EventId = 725, Level = LogLevel.Warning, Message = "Canary portfolio {Portfolio} could not be closed, it is tried again: {Problem}")]
    private static partial void LogFailed(ILogger logger, string portfolio, string problem);
}
