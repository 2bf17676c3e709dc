using System.Collections.Concurrent;
using BtcAgent.Domain.Sentiment;

namespace BtcAgent.Grains.Feeds;

/// <summary>Tallies of posts that wait for the next event of a feed. Their reader adds them, the feed's loop takes them; neither waits for the other.</summary>
internal sealed class TallyQueue
{
    /// <summary>Most that wait while the feed delivers nothing; then the oldest are dropped.</summary>
    public const int WaitingMax = 600;

    private readonly ConcurrentQueue<SentimentTally> _waiting = new();

    public bool IsEmpty => _waiting.IsEmpty;

    public void Add(in SentimentTally tally)
    {
        _waiting.Enqueue(tally);
        while (_waiting.Count > WaitingMax)
        {
            _waiting.TryDequeue(out _);
        }
    }

    public bool TryTake(out SentimentTally tally) => _waiting.TryDequeue(out tally);
}
