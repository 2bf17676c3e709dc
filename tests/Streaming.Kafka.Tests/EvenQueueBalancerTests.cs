using System.Net;
using CsCheck;
using Orleans.Streams;

namespace BtcAgent.Streaming.Kafka.Tests;

public sealed class EvenQueueBalancerTests
{
    [Fact]
    public void Deal_AnySilos_GivesEachQueueToOneAndSharesThatDifferByOneAtMost() =>
        Gen.Select(Gen.Int[1, 64], Gen.Int[1, 9]).Sample((queueCount, siloCount) =>
        {
            var queues = Enumerable.Range(0, queueCount).Select(i => QueueId.GetQueueId("t", (uint)i, (uint)i)).ToArray();
            var silos = Enumerable.Range(0, siloCount).Select(i => SiloAddress.New(IPAddress.Loopback, 1000 + i, 7)).ToArray();
            var shares = silos.Select(silo => EvenQueueBalancer.Deal(queues, silos.Reverse(), silo)).ToArray();
            return shares.SelectMany(share => share).Order().SequenceEqual(queues.Order())
                && shares.Max(share => share.Length) - shares.Min(share => share.Length) <= 1;
        });

    [Fact]
    public void Deal_ToASiloThatIsNotActive_GivesNothing() => Assert.Empty(EvenQueueBalancer.Deal(
        [QueueId.GetQueueId("t", 0, 0)],
        [SiloAddress.New(IPAddress.Loopback, 1, 1)],
        SiloAddress.New(IPAddress.Loopback, 2, 1)));
}
