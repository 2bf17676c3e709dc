using BtcAgent.History.Log;

namespace BtcAgent.History.Live;

/// <summary>
/// Facts that wait for one subscriber, at most <paramref name="max"/>. Of facts that it does not want, the queue keeps only the place behind the last
/// one of each partition. One thread adds, one takes.
/// </summary>
internal sealed class FactQueue(int max)
{
    private readonly Lock _gate = new();
    private readonly Queue<LiveFact> _waiting = new();
    private readonly Dictionary<LogPartition, long> _passed = [];

    /// <summary>Adds facts of one partition, in order.</summary>
    /// <param name="facts">The facts.</param>
    /// <param name="isWanted">Whether a fact has rows for the subscriber.</param>
    /// <returns>How many wanted facts were added; −1 when the queue is full: nothing after the last one that fitted was taken.</returns>
    public int Add(IReadOnlyList<LiveFact> facts, Predicate<LiveFact> isWanted)
    {
        var added = 0;
        lock (_gate)
        {
            foreach (var fact in facts)
            {
                if (!isWanted(fact))
                {
                    _passed[fact.Partition] = fact.Next;
                }
                else if (_waiting.Count < max)
                {
                    _waiting.Enqueue(fact);
                    _passed.Remove(fact.Partition);
                    added++;
                }
                else
                {
                    return -1;
                }
            }
        }

        return added;
    }

    /// <summary>Takes the next facts, and when none is left, the places behind those that were not wanted.</summary>
    /// <param name="facts">Receives at most <paramref name="count"/> facts.</param>
    /// <param name="count">How many.</param>
    /// <param name="passed">Receives the places.</param>
    public void Take(List<LiveFact> facts, int count, Dictionary<LogPartition, long> passed)
    {
        lock (_gate)
        {
            while (facts.Count < count && _waiting.TryDequeue(out var fact))
            {
                facts.Add(fact);
            }

            if (_waiting.Count > 0)
            {
                return;
            }

            foreach (var (partition, next) in _passed)
            {
                passed[partition] = next;
            }

            _passed.Clear();
        }
    }
}
