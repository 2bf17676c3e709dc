using Prometheus;

namespace BtcAgent.Silo.Roles;

/// <summary>
/// Starts the metrics listener with the host; the library alone would start it at the first request for /metrics.
/// </summary>
internal sealed class MetricsStart : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        Metrics.DefaultRegistry.CollectAndExportAsTextAsync(Stream.Null, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
