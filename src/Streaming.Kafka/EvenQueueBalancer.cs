using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace BtcAgent.Streaming.Kafka;

/// <summary>
/// Deals the queues to the active silos in turn, so that the shares of two silos differ by at most one. Silos that see a
/// membership change at different moments may briefly read a partition twice, but leave none unread.
/// </summary>
internal sealed class EvenQueueBalancer(IServiceProvider services, string provider, KafkaStreamStatus status, ILogger<EvenQueueBalancer> logger)
    : QueueBalancerBase(services, logger)
{
    private readonly KeyValuePair<string, object?> _tag = new("provider", provider);
    private QueueId[] _all = [];
    private volatile QueueId[] _mine = [];

    public override Task Initialize(IStreamQueueMapper queueMapper)
    {
        _all = [.. queueMapper.GetAllQueues().OrderBy(queue => queue)];
        return base.Initialize(queueMapper);
    }

    public override IEnumerable<QueueId> GetMyQueues() => _mine;

    /// <summary>The queues of one silo among the active ones; empty when it is not one of them.</summary>
    internal static QueueId[] Deal(IReadOnlyCollection<QueueId> queues, IEnumerable<SiloAddress> activeSilos, SiloAddress silo)
    {
        var silos = activeSilos.Order().ToList();
        var mine = silos.IndexOf(silo);
        return mine < 0 ? [] : [.. queues.Where((_, i) => i % silos.Count == mine)];
    }

    protected override void OnClusterMembershipChange(HashSet<SiloAddress> activeSilos)
    {
        var mine = Deal(_all, activeSilos, SiloAddress);
        if (activeSilos.Contains(SiloAddress))
        {
            status.SetBalanced();
        }

        if (!mine.SequenceEqual(_mine))
        {
            _mine = mine;
            KafkaStreamMeter.Rebalances.Add(1, _tag);
            _ = NotifyListeners();
        }
    }
}
