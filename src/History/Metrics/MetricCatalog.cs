using System.Collections.Frozen;

namespace BtcAgent.History.Metrics;

/// <summary>The exported instruments with their measurements, and the tags that points may have.</summary>
internal static class MetricCatalog
{
    /// <summary>
    /// Tags of few values. Others are left out and their series are summed: an id or a reason as a tag would be a series each.
    /// </summary>
    public static readonly FrozenSet<string> Tags = FrozenSet.Create(
        StringComparer.Ordinal,
        "breaker", "instrument", "kind", "model", "outcome", "partition", "portfolio", "sink", "stage", "state", "strategy", "topic");

    private static readonly FrozenDictionary<string, string> Measurements = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["latency"] = "system.latency",
        ["kafka.stream.delivery.delay"] = "system.latency",
        ["http.server.request.duration"] = "system.latency",

        ["market.events"] = "system.throughput",
        ["frames"] = "system.throughput",
        ["snapshots"] = "system.throughput",
        ["kafka.stream.produced"] = "system.throughput",
        ["kafka.stream.read"] = "system.throughput",
        ["kafka.stream.delivered"] = "system.throughput",
        ["influx.points.written"] = "system.throughput",

        ["market.batches.refused"] = "system.errors",
        ["frames.refused"] = "system.errors",
        ["refusals"] = "system.errors",
        ["gaps"] = "system.errors",
        ["reconnects"] = "system.errors",
        ["samples.skipped"] = "system.errors",
        ["facts.dropped.total"] = "system.errors",
        ["shadow.failures"] = "system.errors",
        ["parity.events.lost"] = "system.errors",
        ["kafka.stream.produce.failures"] = "system.errors",
        ["kafka.stream.dead.letters"] = "system.errors",
        ["kafka.stream.skipped"] = "system.errors",
        ["btcagent.gateway.refusals"] = "system.errors",
        ["influx.points.dropped"] = "system.errors",

        ["weight_used"] = "system.health",
        ["clock_offset"] = "system.health",
        ["kafka.stream.lag"] = "system.health",
        ["kafka.stream.rebalances"] = "system.health",
        ["dotnet.process.memory.working_set"] = "system.health",
        ["dotnet.process.cpu.time"] = "system.health",
        ["dotnet.gc.pause.time"] = "system.health",
        ["dotnet.thread_pool.queue.length"] = "system.health",

        ["orders"] = "trading.execution",
        ["fills"] = "trading.execution",
        ["parity.slippage"] = "trading.execution",
        ["parity.delay"] = "trading.execution",

        ["portfolio.equity"] = "trading.performance",
        ["portfolio.pnl.realized"] = "trading.performance",
        ["portfolio.pnl.unrealized"] = "trading.performance",
        ["portfolio.pnl.day"] = "trading.performance",
        ["portfolio.fees"] = "trading.performance",
        ["shadow.scores"] = "trading.performance",

        ["decisions"] = "trading.risk",
        ["portfolio.drawdown"] = "trading.risk",
        ["portfolio.exposure"] = "trading.risk",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Names of all exported instruments.</summary>
    public static IEnumerable<string> Instruments => Measurements.Keys;

    /// <summary>Measurement of an instrument; null when it is not exported.</summary>
    public static string? MeasurementOf(string instrument) => Measurements.GetValueOrDefault(instrument);
}
