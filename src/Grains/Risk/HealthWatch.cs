using BtcAgent.Contracts.Execution;
using BtcAgent.Contracts.Features;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Measurement;
using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Risk;
using BtcAgent.Grains.Feeds;
using BtcAgent.Grains.Keys;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Grains.Risk;

/// <summary>
/// Reports the agent's health to each portfolio's risk once a second, from one silo of a cluster. Off in replays, which run
/// on event time.
/// </summary>
internal sealed partial class HealthWatch(
    IGrainFactory grains,
    LeasedWork leased,
    IOptions<AgentOptions> agent,
    TimeProvider time,
    ILogger<HealthWatch> logger) : BackgroundService
{
    private const int IntervalMsMin = 1_000;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly DecisionSilence _silence = new(time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (agent.Value.WaitForDecisions)
        {
            return;
        }

        try
        {
            await leased.RunAsync("health", (_, cancellation) => WatchAsync(cancellation), stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped(logger);
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await LookAsync();
        }
    }

    private async Task LookAsync()
    {
        foreach (var portfolio in agent.Value.Portfolios)
        {
            try
            {
                await grains.GetGrain<IRiskGrain>(portfolio.Id).Watch(await HealthOrFailure(portfolio.Id));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(logger, portfolio.Id, e.Message); // Retried in a second.
            }
        }
    }

    /// <summary>A grain that does not answer is itself a condition; the other figures are then unknown.</summary>
    private async Task<SystemHealth> HealthOrFailure(string portfolio)
    {
        try
        {
            await grains.GetGrain<IPortfolioGrain>(portfolio).GetSnapshot();
            return await HealthOf(portfolio);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return SystemHealth.Unknown with { Unavailable = e.Message };
        }
    }

    private async Task<SystemHealth> HealthOf(string portfolio)
    {
        var interval = Math.Max(IntervalMsMin, agent.Value.Features.SampleIntervalMs);
        decimal? undecided = null;
        decimal? staleness = null, errors = null, rejects = null, slippage = null, delay = null;
        foreach (var instrument in agent.Value.InstrumentsOf(portfolio))
        {
            var key = instrument.Key;
            var feed = (await grains.GetGrain<IInstrumentGrain>(key).GetSnapshot(0)).Health;
            if (feed.Events > 0)
            {
                staleness = Most(staleness, (decimal)feed.AgeMs);
            }

            var decisionAge = await grains.GetGrain<IFeatureGrain>(key).GetDecisionAgeMs();
            undecided = Most(undecided, (decimal?)(_silence.Of(key, feed.Events, decisionAge) / interval));
            var execution = await grains.GetGrain<IExecutionGrain>(GrainKeys.Execution(portfolio, instrument)).GetStatus();
            errors = Most(errors, execution.ErrorRate);
            rejects = Most(rejects, execution.RejectRate);
            slippage = Most(slippage, execution.SlippageBps);
            delay = Most(delay, execution.FillDelayMs);
        }

        var figures = await grains.GetGrain<ILatencyGrain>(ILatencyGrain.Key).ReadLately();
        var latency = figures.Latencies.Where(IsJudged).MaxBy(stage => stage.P99Ms);
        return new SystemHealth
        {
            FeedStalenessMs = staleness,
            LatencyP99Ms = (decimal?)latency?.P99Ms,
            LatencyStage = latency?.Stage.ToString(),
            ErrorRate = errors,
            RejectRate = rejects,
            SlippageBps = slippage,
            FillDelayMs = delay,
            IntervalsWithoutDecision = undecided,
            SinkLagSeconds = (decimal?)figures.SinkLagSeconds,
            StoreProblem = null, // Known to the risk grain's own silo.
            Unavailable = null,
        };
    }

    /// <summary>
    /// Selects the stages of a decision with enough measurements in the window for a meaningful percentile: the first ones
    /// include compilation. Excludes the way of a batch to the features: it is long while a silo catches up with its log,
    /// when nothing is decided, and the total of each decision includes it.
    /// </summary>
    private bool IsJudged(LatencyPercentiles stage) =>
        stage.Stage != LatencyStage.IngestToFeatures && stage.Count >= agent.Value.Limits.System.LatencyCountMin;

    private static decimal? Most(decimal? a, decimal? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);
}
