using BtcAgent.Contracts.Streams;
using BtcAgent.Streaming.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BtcAgent.Silo.Health;

/// <summary>Ready when the silo reads every partition assigned to it.</summary>
internal sealed class StreamsHealth([FromKeyedServices(StreamNames.Provider)] KafkaStreamStatus streams) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(streams.IsReading
            ? streams.Problem is { } problem ? HealthCheckResult.Degraded(problem) : HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"reads {streams.PartitionsReading} of {streams.Partitions} partitions"));
}
