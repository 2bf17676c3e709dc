using BtcAgent.Contracts.Control;
using BtcAgent.Contracts.Execution;
using BtcAgent.Contracts.Features;
using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Settings;
using BtcAgent.Contracts.Signals;
using BtcAgent.Grains.Keys;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Health;

/// <summary>Ready only when every grain on the path of an order is active and there was a recent decision.</summary>
internal sealed class TradingHealth(IGrainFactory grains, IOptions<AgentOptions> options) : IHealthCheck
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        foreach (var (name, ask) in Grains())
        {
            try
            {
                await ask().WaitAsync(AnswerMax, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                return HealthCheckResult.Unhealthy($"{name} does not start: {e.Message}");
            }
        }

        return await DecisionsAsync(cancellationToken);
    }

    /// <summary>Checks the age of the last decision; not in a replay, which runs on event time.</summary>
    private async Task<HealthCheckResult> DecisionsAsync(CancellationToken cancellationToken)
    {
        var limit = options.Value.Limits.System.IntervalsWithoutDecision;
        var interval = Math.Max(1_000, options.Value.Features.SampleIntervalMs);
        foreach (var instrument in options.Value.WaitForDecisions ? [] : options.Value.Strategies.Select(s => s.Instrument).Distinct())
        {
            var age = await grains.GetGrain<IFeatureGrain>(instrument).GetDecisionAgeMs().WaitAsync(cancellationToken);
            if ((decimal)(age / interval) > limit)
            {
                return HealthCheckResult.Unhealthy($"{instrument}: no decision for {age / 1_000:F0} s, {age / interval:F0} sampling intervals");
            }
        }

        return HealthCheckResult.Healthy();
    }

    private IEnumerable<(string Name, Func<Task> Ask)> Grains()
    {
        yield return ("the operator's control", () => grains.GetGrain<ITradingControlGrain>(ITradingControlGrain.Key).IsArmed());
        foreach (var portfolio in options.Value.Portfolios)
        {
            yield return ($"portfolio '{portfolio.Id}'", () => grains.GetGrain<IPortfolioGrain>(portfolio.Id).GetSnapshot());
            yield return ($"risk of '{portfolio.Id}'", () => grains.GetGrain<IRiskGrain>(portfolio.Id).GetStatus());
        }

        foreach (var strategy in options.Value.Strategies)
        {
            var instrument = InstrumentId.Parse(strategy.Instrument);
            var execution = GrainKeys.Execution(strategy.Portfolio, instrument);
            yield return ($"orders of '{execution}'", () => grains.GetGrain<IExecutionGrain>(execution).GetStatus());
            yield return ($"strategy '{strategy.Name}'", () => grains.GetGrain<ISignalGrain>(GrainKeys.Signal(instrument, strategy.Name)).GetStatus());
        }
    }
}
