using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BtcAgent.Silo.Health;

/// <summary>Caches the readiness for one second; concurrent callers share one run of the checks. Thread-safe.</summary>
internal sealed class RecentHealth(HealthCheckService checks, TimeProvider time)
{
    private static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(1);

    /// <summary>Time limit of one run; a probe's own time-out is shorter.</summary>
    private static readonly TimeSpan LookMax = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private Task<HealthStatus>? _look;
    private long _startedAt;

    public Task<HealthStatus> ReadAsync()
    {
        lock (_gate)
        {
            if (_look is null || (_look.IsCompleted && time.GetElapsedTime(_startedAt) >= AgeMax))
            {
                _startedAt = time.GetTimestamp();
                _look = LookAsync();
            }

            return _look;
        }
    }

    private async Task<HealthStatus> LookAsync()
    {
        using var limit = new CancellationTokenSource(LookMax, time);
        try
        {
            return (await checks.CheckHealthAsync(check => check.Tags.Contains(MarketDataHealth.Tag), limit.Token)).Status;
        }
        catch (OperationCanceledException)
        {
            return HealthStatus.Unhealthy;
        }
    }
}
