using BtcAgent.Domain.Facts;
using BtcAgent.History.Live;
using BtcAgent.History.Log;

namespace BtcAgent.History.Tests.Live;

public sealed class FactQueueTests
{
    private static readonly LogPartition Orders = new("log", FactTopic.Orders, 0);
    private static readonly LogPartition Fills = new("log", FactTopic.Executions, 0);

    [Fact]
    public void Take_UnwantedFacts_AreAPlaceBehindTheWaitingOnes()
    {
        var queue = new FactQueue(8);
        Assert.Equal(2, queue.Add(Facts(Orders, 1, 2, 3, 4), fact => fact.Next % 2 == 0));
        Assert.Equal(0, queue.Add(Facts(Orders, 5), _ => false));
        Assert.Equal(0, queue.Add(Facts(Fills, 1), _ => false));

        AssertTaken([2L], Take(queue, 1));
        var (facts, passed) = Take(queue, 9);
        Assert.Equal([4L], facts);
        Assert.Equal([(Orders, 5L), (Fills, 1L)], passed);
        AssertTaken([], Take(queue, 9));
    }

    [Fact]
    public void Take_WantedFactAfterUnwantedOnes_HasNoEarlierPlace()
    {
        var queue = new FactQueue(8);
        queue.Add(Facts(Orders, 1, 2), fact => fact.Next == 2);

        AssertTaken([2L], Take(queue, 9));
    }

    [Fact]
    public void Add_Full_TakesNothingAfterTheLastThatFits()
    {
        var queue = new FactQueue(2);
        Assert.Equal(-1, queue.Add(Facts(Orders, 1, 2, 3, 4), fact => fact.Next != 4));

        AssertTaken([1L, 2L], Take(queue, 9));
    }

    private static void AssertTaken(long[] expected, (long[] Facts, (LogPartition, long)[] Passed) taken)
    {
        Assert.Equal(expected, taken.Facts);
        Assert.Empty(taken.Passed);
    }

    private static LiveFact[] Facts(LogPartition partition, params long[] nexts) => [.. nexts.Select(next => new LiveFact(partition, next, []))];

    private static (long[] Facts, (LogPartition, long)[] Passed) Take(FactQueue queue, int count)
    {
        var facts = new List<LiveFact>();
        var passed = new Dictionary<LogPartition, long>();
        queue.Take(facts, count, passed);
        return ([.. facts.Select(fact => fact.Next)], [.. passed.Select(pair => (pair.Key, pair.Value))]);
    }
}
