using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Settings;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Health;

/// <summary>Ready when every instrument's feed is connected and its last event is recent.</summary>
internal sealed class MarketDataHealth(IGrainFactory grains, IOptions<AgentOptions> options) : IHealthCheck
{
    public const string Tag = "ready";

    /// <summary>Milliseconds after which a silent feed makes the agent not ready.</summary>
    private const double AgeMsMax = 10_000;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        foreach (var instrument in options.Value.Instruments)
        {
            var health = (await grains.GetGrain<IInstrumentGrain>(instrument).GetSnapshot(0).WaitAsync(cancellationToken)).Health;
            if (!health.IsConnected)
            {
                return HealthCheckResult.Unhealthy($"{instrument}: no market data");
            }

            if (health.AgeMs > AgeMsMax && !options.Value.WaitForDecisions)
            {
                return HealthCheckResult.Unhealthy($"{instrument}: last market data {health.AgeMs:F0} ms ago");
            }
        }

        return HealthCheckResult.Healthy();
    }
}
