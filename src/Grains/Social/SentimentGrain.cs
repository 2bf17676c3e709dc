using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Social;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Sentiment;

namespace BtcAgent.Grains.Social;

/// <summary>Keeps the last tallies in memory only, and publishes them as facts: a new activation begins without any, and its readers continue with the next one.</summary>
internal sealed class SentimentGrain(IFactPublisher facts) : Grain, ISentimentGrain
{
    private const int TalliesMax = 600;

    private readonly Queue<SentimentTally> _tallies = new(TalliesMax);
    private long _last;
    private long _epoch;

    public Task<bool> Publish(SentimentBatch batch)
    {
        if (batch.Epoch < _epoch)
        {
            return Task.FromResult(false);
        }

        _epoch = batch.Epoch;
        foreach (var tally in batch.Tallies.Where(tally => tally.Number > _last))
        {
            if (_tallies.Count == TalliesMax)
            {
                _tallies.Dequeue();
            }

            _tallies.Enqueue(tally);
            _last = tally.Number;
            facts.Publish(new SentimentFact(this.GetPrimaryKeyString(), tally));
        }

        return Task.FromResult(true);
    }

    public Task<SentimentBatch> GetTallies(long after) => Task.FromResult(
        new SentimentBatch(_epoch, [.. after == 0 ? _tallies.TakeLast(1) : _tallies.Where(tally => tally.Number > after)]));
}
