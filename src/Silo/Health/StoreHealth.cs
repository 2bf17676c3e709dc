using BtcAgent.Contracts.Health;
using BtcAgent.Storage.Postgres;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BtcAgent.Silo.Health;

/// <summary>
/// Degraded while the database is unreachable: the process still serves requests, but sends no order, since an intent must be
/// stored first. Logs the beginning and the end.
/// </summary>
internal sealed partial class StoreHealth(PostgresProbe probe, ILogger<StoreHealth> logger) : IHealthCheck, IStoreCondition
{
    private string? _problem;

    public string? Problem => Volatile.Read(ref _problem);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var problem = await probe.AskAsync(cancellationToken);
        var before = Interlocked.Exchange(ref _problem, problem);
        if (problem is not null && before is null)
        {
            LogAway(logger, problem);
        }
        else if (problem is null && before is not null)
        {
            LogBack(logger);
        }

        return problem is null ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(problem);
    }

    [LoggerMessage(EventId = 1010, Level = LogLevel.Error, Message = "No order is sent until the database answers, because no intent can be stored: {Problem}")]
    private static partial void LogAway(ILogger logger, string problem);

    [LoggerMessage(EventId = 1011, Level = LogLevel.Information, Message = "The database answers again: orders are sent again")]
    private static partial void LogBack(ILogger logger);
}
