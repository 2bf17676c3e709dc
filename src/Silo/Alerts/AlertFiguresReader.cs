using System.Collections.Concurrent;
using System.Collections.Immutable;
using BtcAgent.Alerts.Rules;
using BtcAgent.Alerts.Settings;
using BtcAgent.Contracts.Audit;
using BtcAgent.Contracts.Control;
using BtcAgent.Contracts.Execution;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Measurement;
using BtcAgent.Contracts.Models;
using BtcAgent.Contracts.Retraining;
using BtcAgent.Contracts.Settings;
using BtcAgent.Contracts.Signals;
using BtcAgent.Domain.Alerts;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Retraining;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Grains.Keys;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Alerts;

/// <summary>
/// Asks the grains for the figures of the rules. A part that does not answer in time gives null and is named; it delays the others
/// by no more than that time.
/// </summary>
internal sealed class AlertFiguresReader(
    IGrainFactory grains, TradeFiguresReader trades, IOptions<AgentOptions> agent, IOptions<AlertOptions> alerts, TimeProvider time)
{
    private const int SignalsRead = 500;

    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(3);

    /// <summary>Figures that change slowly or cost more than a call are read this often.</summary>
    private static readonly TimeSpan SlowEvery = TimeSpan.FromMinutes(1);

    /// <summary>… and this often while one of them could not be read.</summary>
    private static readonly TimeSpan SlowAgain = TimeSpan.FromSeconds(10);

    private DateTimeOffset _slowDue = DateTimeOffset.MinValue;
    private IReadOnlyDictionary<string, string> _slowUnanswered = ImmutableDictionary<string, string>.Empty;
    private ImmutableDictionary<string, TradeFigures?> _trades = ImmutableDictionary<string, TradeFigures?>.Empty;
    private ImmutableArray<StrategyFigures> _strategies = [];
    private ImmutableArray<ModelEntry>? _models;
    private ImmutableSortedDictionary<string, string>? _failedTrainings;
    private string? _auditDamage;

    public async Task<AlertFigures> ReadAsync(ImmutableArray<ChannelHealth> channels, bool hasWatchdog, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ask = new Questions(time, cancellationToken);
        if (now >= _slowDue)
        {
            var slow = new Questions(time, cancellationToken);
            await ReadSlowAsync(slow, now, cancellationToken);
            _slowUnanswered = slow.Unanswered;
            _slowDue = now + (slow.Unanswered.IsEmpty ? SlowEvery : SlowAgain);
        }

        var control = ask.Of("control", () => grains.GetGrain<ITradingControlGrain>(ITradingControlGrain.Key).GetStatus());
        var executions = agent.Value.Executions().Select(key => ExecutionAsync(ask, key.Portfolio, key.Instrument)).ToList();
        var feeds = agent.Value.Instruments.Select(instrument => FeedAsync(ask, instrument)).ToList();
        var figures = ask.Of("measurement", () => grains.GetGrain<ILatencyGrain>(ILatencyGrain.Key).ReadLately());
        var status = await control;
        foreach (var silent in status is null ? [] : agent.Value.Portfolios.Where(portfolio => !status.Breakers.ContainsKey(portfolio.Id)))
        {
            ask.Unanswered[$"risk of {silent.Id}"] = "the portfolio's risk does not answer";
        }

        return new AlertFigures
        {
            At = now,
            Portfolios = [.. agent.Value.Portfolios.Select(portfolio => PortfolioOf(portfolio.Id, status))],
            Executions = [.. await Task.WhenAll(executions)],
            Feeds = [.. await Task.WhenAll(feeds)],
            Models = _models,
            Strategies = _strategies,
            SinkLagSeconds = (await figures)?.SinkLagSeconds,
            FailedTrainings = _failedTrainings,
            AuditDamage = _auditDamage,
            IsArmedForRealMoney = agent.Value.MustBeArmed ? status?.IsArmed : false,
            Unanswered = ask.Unanswered.ToImmutableSortedDictionary(StringComparer.Ordinal).SetItems(_slowUnanswered),
            Channels = channels,
            HasWatchdog = hasWatchdog,
        };
    }

    private PortfolioFigures PortfolioOf(string portfolio, TradingStatus? status) => new(
        portfolio,
        status?.Breakers.GetValueOrDefault(portfolio),
        status is not null && status.Tripped.TryGetValue(portfolio, out var tripped) ? tripped : [],
        _trades.GetValueOrDefault(portfolio),
        agent.Value.IsCanaryPortfolio(portfolio));

    private async Task<ExecutionFigures> ExecutionAsync(Questions ask, string portfolio, string instrument)
    {
        var execution = grains.GetGrain<IExecutionGrain>(GrainKeys.Execution(portfolio, InstrumentId.Parse(instrument)));
        return new(portfolio, instrument, await ask.Of($"orders of {portfolio} on {instrument}", execution.GetStatus));
    }

    private async Task<FeedFigures> FeedAsync(Questions ask, string instrument)
    {
        var snapshot = await ask.Of($"instrument {instrument}", () => grains.GetGrain<IInstrumentGrain>(instrument).GetSnapshot(0));
        return new(instrument, snapshot?.Health.IsConnected, (snapshot?.Health.AgeMs ?? 0) / 1_000);
    }

    private async Task ReadSlowAsync(Questions ask, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var explainBefore = now - TimeSpan.FromHours(alerts.Value.Rules.DecisionStarvationHours);
        var traded = agent.Value.Portfolios.Select(async portfolio => (portfolio.Id, Trades: await ask.Of(
            $"trades of {portfolio.Id}", () => trades.ReadAsync(portfolio.Id, explainBefore, cancellationToken)))).ToList();
        var strategies = agent.Value.Strategies.Select(StrategyAsync).ToList();
        _models = await ask.OfMany("models", () => grains.GetGrain<IModelRegistryGrain>(IModelRegistryGrain.Key).List());
        _auditDamage = await ask.Of("audit", () => grains.GetGrain<IAuditLogGrain>(IAuditLogGrain.Key).GetDamage());
        _failedTrainings = (await ask.Of("optimizer", () => grains.GetGrain<IOptimizerGrain>(IOptimizerGrain.Key).GetStatus())) is { } optimizer ? Failed(optimizer) : null;
        _trades = (await Task.WhenAll(traded)).ToImmutableDictionary(portfolio => portfolio.Id, portfolio => portfolio.Trades);
        _strategies = [.. await Task.WhenAll(strategies)];

        async Task<StrategyFigures> StrategyAsync(StrategyOptions strategy)
        {
            var grain = grains.GetGrain<ISignalGrain>(GrainKeys.Signal(InstrumentId.Parse(strategy.Instrument), strategy.Name));
            var signals = await ask.OfMany($"strategy {strategy.Name}", () => grain.GetRecent(SignalsRead));
            return new StrategyFigures(
                strategy.Name,
                strategy.Instrument,
                signals is null ? null : signals.Value.Select(signal => signal.ModelId).FirstOrDefault("none"),
                signals?.Length ?? 0,
                signals?.Count(IsOutOfRange) ?? 0);
        }
    }

    private static ImmutableSortedDictionary<string, string> Failed(OptimizerStatus optimizer) => optimizer.Jobs
        .Where(job => job.HasEnded).GroupBy(job => job.Strategy, StringComparer.Ordinal).Select(jobs => jobs.First())
        .Where(last => last.State == TrainingJobState.Failed)
        .ToImmutableSortedDictionary(last => last.Strategy, last => $"{last.Id}: {last.Outcome?.Reason}", StringComparer.Ordinal);

    private static bool IsOutOfRange(Signal signal) => signal.Refusals.Any(refusal => refusal.Code == RiskCodes.OutOfDistribution);

    /// <summary>The questions of one evaluation.</summary>
    private sealed class Questions(TimeProvider time, CancellationToken cancellationToken)
    {
        public ConcurrentDictionary<string, string> Unanswered { get; } = new(StringComparer.Ordinal);

        public async Task<T?> Of<T>(string part, Func<Task<T>> question)
            where T : class
        {
            try
            {
                return await question().WaitAsync(AnswerMax, time, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                Unanswered[part] = e is TimeoutException ? $"no answer within {AnswerMax.TotalSeconds:F0} s" : e.Message;
                return null;
            }
        }

        public async Task<ImmutableArray<T>?> OfMany<T>(string part, Func<Task<ImmutableArray<T>>> question) =>
            await Of(part, async () => (IReadOnlyList<T>)await question()) is { } answer ? [.. answer] : null;
    }
}
