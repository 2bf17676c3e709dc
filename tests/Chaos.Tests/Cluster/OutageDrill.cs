using System.Globalization;
using BtcAgent.Testing;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>A cluster drill whose servers are killed and restarted.</summary>
internal sealed class OutageDrill(
    ClusterDrillOptions options, TimeSpan lasts, KafkaBroker broker, PostgresServer postgres, Action<string> report)
    : ClusterDrill(options, broker, postgres, report)
{
    /// <summary>The breaker's reason without ticks.</summary>
    public const string FeedStaleness = "FEED_STALENESS";

    /// <summary>The health of a silo that cannot store an intent.</summary>
    public const string Degraded = "Degraded";

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);
    private readonly List<OutageResult> _outages = [];

    public IReadOnlyList<OutageResult> Outages => _outages;

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Agent:Limits:System:FeedStalenessMs"] = "4000",
        ["Agent:Limits:CoolOffMinutes"] = "0",
    };

    protected override async Task DisturbAsync(long started, TimeSpan length, CancellationToken cancellationToken)
    {
        await ReachAsync(started, Before, cancellationToken);
        await OutageAsync("Kafka", Broker.StopAsync, Broker.StartAsync, cancellationToken);
        await ReachAsync(started, Before + lasts + Between, cancellationToken);
        await OutageAsync("PostgreSQL", Postgres.StopAsync, Postgres.StartAsync, cancellationToken);
    }

    private static async Task ReachAsync(long started, TimeSpan place, CancellationToken cancellationToken)
    {
        if (place - TimeProvider.System.GetElapsedTime(started) is { Ticks: > 0 } wait)
        {
            await Task.Delay(wait, TimeProvider.System, cancellationToken);
        }
    }

    private async Task OutageAsync(string server, Func<bool, Task> kill, Func<Task> start, CancellationToken cancellationToken)
    {
        var before = Processes.ToDictionary(p => p.Key, p => p.Value.MemoryMiB);
        var growth = 0L;
        var stated = new SortedSet<string>(StringComparer.Ordinal);
        await kill(true);
        var at = TimeProvider.System.GetTimestamp();
        var settled = at + (long)(Settling.TotalSeconds * TimeProvider.System.TimestampFrequency);
        while (TimeProvider.System.GetElapsedTime(at) < lasts)
        {
            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
            growth = Math.Max(growth, Processes.Max(p => p.Value.MemoryMiB - before.GetValueOrDefault(p.Key, long.MaxValue / 2)));
            stated.UnionWith(await StatedAsync(cancellationToken));
        }

        var meanwhile = Log.Seen.Count(seen => seen.At > settled);
        var away = TimeProvider.System.GetElapsedTime(at).TotalSeconds;
        await start();
        var resumed = await ResumeAfterAsync(TimeProvider.System.GetTimestamp(), cancellationToken);
        _outages.Add(new OutageResult(server, away, [.. stated], meanwhile, resumed, growth));
        Report(string.Create(CultureInfo.InvariantCulture,
            $"{server} away for {away:F0} s: '{string.Join(", ", stated)}', {meanwhile} decisions, trading {resumed:F0} ms after its return, {growth} MiB more"));
    }

    /// <summary>Texts of risk and of the silos' health that explain why nothing is traded.</summary>
    private async Task<List<string>> StatedAsync(CancellationToken cancellationToken)
    {
        var stated = new List<string>();
        if (await GetAsync("/api/v1/status", cancellationToken) is { } status
            && status.GetRawText().Contains(FeedStaleness, StringComparison.Ordinal))
        {
            stated.Add(FeedStaleness);
        }

        if (await Silo(0).ReadAsync("/health/ready", cancellationToken) is Degraded)
        {
            stated.Add(Degraded);
        }

        return stated;
    }
}
