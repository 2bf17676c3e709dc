using System.Globalization;
using BtcAgent.Exchanges.Simulator;
using BtcAgent.Testing;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>A cluster drill whose silos live in network namespaces that are cut from each other and from the servers.</summary>
internal sealed class PartitionDrill(ClusterDrillOptions options, KafkaBroker broker, PostgresServer postgres, Action<string> report)
    : ClusterDrill(options, broker, postgres, report)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan OrderMax = TimeSpan.FromSeconds(60);
    private readonly NetworkNamespaces _network = new();
    private readonly RequestLog _requests = new();
    private Random? _seeded;
    private readonly List<PartitionResult> _results = [];
    private int _venuePort;
    private int _ended;

    private Random Seeded => _seeded ??= new Random(Options.Seed);

    public IReadOnlyList<PartitionResult> Partitions => _results;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _network.DisposeAsync();
    }

    protected override async Task PrepareAsync(SimulatedVenue venue)
    {
        venue.Faults.OnRequest = _requests.Add;
        _venuePort = venue.RestAddress.Port;
        await _network.CreateAsync(Options.Silos, _venuePort, Broker.Port, Postgres.Port);
    }

    protected override NetworkNode NodeOf(int silo) => _network.Nodes[silo];

    protected override async Task DisturbAsync(long started, TimeSpan length, CancellationToken cancellationToken)
    {
        foreach (var kind in Enum.GetValues<PartitionKind>())
        {
            await Task.Delay(TimeSpan.FromSeconds(1 + Seeded.NextDouble()), TimeProvider.System, cancellationToken);
            var trader = await TraderAsync(cancellationToken);
            var lasts = TimeSpan.FromSeconds(15 + (1.5 * Seeded.NextDouble()));
            var cutAt = TimeProvider.System.GetTimestamp();
            await CutAsync(kind, trader);
            await Task.Delay(lasts, TimeProvider.System, cancellationToken);
            var healedAt = TimeProvider.System.GetTimestamp();
            var endedBefore = _ended;
            await _network.HealAsync();
            var orderAt = await OrderAfterAsync(healedAt, cancellationToken);
            var decision = Log.FirstAfter(healedAt) ?? orderAt;
            var result = new PartitionResult(
                kind,
                trader,
                TimeProvider.System.GetElapsedTime(cutAt, healedAt).TotalSeconds,
                SilenceMs(cutAt, healedAt),
                TimeProvider.System.GetElapsedTime(healedAt, decision).TotalMilliseconds,
                TimeProvider.System.GetElapsedTime(healedAt, orderAt).TotalMilliseconds,
                [.. _requests.Traders(cutAt, orderAt).Select(NumberOf)],
                _ended - endedBefore);
            _results.Add(result);
            Report(string.Create(CultureInfo.InvariantCulture, $"{kind}: silo {trader} traded; orders again after {result.OrderMs:F0} ms; traders {string.Join(", then ", result.Traders)}"));
            await AllReadyAsync(cancellationToken);
        }
    }

    private async Task CutAsync(PartitionKind kind, int trader)
    {
        switch (kind)
        {
            case PartitionKind.Peers:
                await _network.CutPeersAsync(NodeOf(0), NodeOf(1));
                break;
            case PartitionKind.AllButVenue:
                await _network.CutAllButAsync(NodeOf(trader), _venuePort);
                break;
            case PartitionKind.Postgres:
                await _network.CutFromAsync(NodeOf(trader), Postgres.Port);
                break;
        }
    }

    /// <summary>Waits for an order at the venue; restarts silos that have ended themselves, like an orchestrator.</summary>
    private async Task<long> OrderAfterAsync(long at, CancellationToken cancellationToken)
    {
        while (TimeProvider.System.GetElapsedTime(at) < OrderMax)
        {
            StartEnded();
            if (_requests.FirstOrderAfter(at) is { } first)
            {
                return first;
            }

            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }

        throw new InvalidOperationException(
            $"no order within {OrderMax}; decisions since: {Log.Reasons(at)}; breaker: {Log.Breaker}; requests since: {_requests.After(at)}\n{string.Join("\n\n", Enumerable.Range(0, Options.Silos).Select(silo => Silo(silo).Tail))}");
    }

    /// <summary>A silo that was declared dead learns of it only when it reads the table again.</summary>
    private async Task AllReadyAsync(CancellationToken cancellationToken)
    {
        for (var settled = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(settled) < LookEvery * 100;)
        {
            settled = StartEnded() ? TimeProvider.System.GetTimestamp() : settled;
            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }

        for (var silo = 0; silo < Options.Silos; silo++)
        {
            await Silo(silo).WaitUntilAsync("/health/ready", cancellationToken);
        }
    }

    private bool StartEnded()
    {
        var ended = Enumerable.Range(0, Options.Silos).Where(silo => Silo(silo).HasExited).ToList();
        foreach (var silo in ended)
        {
            StartSiloAsync(silo);
            _ended++;
        }

        return ended.Count > 0;
    }

    private async Task<int> TraderAsync(CancellationToken cancellationToken)
    {
        var waiting = TimeProvider.System.GetTimestamp();
        while (_requests.LastTrader is null && TimeProvider.System.GetElapsedTime(waiting) < OrderMax)
        {
            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }

        return NumberOf(_requests.LastTrader ?? throw new InvalidOperationException($"no order within {OrderMax}"));
    }

    private double SilenceMs(long from, long to)
    {
        long[] moments = [from, .. Log.Seen.Select(s => s.At).Where(at => at > from && at < to), to];
        return moments.Zip(moments.Skip(1), (a, b) => TimeProvider.System.GetElapsedTime(a, b).TotalMilliseconds).Max();
    }

    private int NumberOf(System.Net.IPAddress seen) => _network.Nodes.ToList().FindIndex(node => node.SeenAs.Equals(seen));
}
