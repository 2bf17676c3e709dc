using Prometheus;

namespace BtcAgent.Silo.Roles;

/// <summary>Starts counting with the host: the metrics library would begin to listen at the first look at /metrics.</summary>
internal sealed class MetricsListening : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        Metrics.DefaultRegistry.CollectAndExportAsTextAsync(Stream.Null, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
