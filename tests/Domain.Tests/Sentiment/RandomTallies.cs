using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Sentiment;
using BtcAgent.Domain.Tests.Features;

namespace BtcAgent.Domain.Tests.Sentiment;

/// <summary>Tallies of random posts, and their place among the events of a market.</summary>
internal static class RandomTallies
{
    /// <summary>A tally of the posts of one second.</summary>
    public static SentimentTally Make(Random random, Timestamp knownAt, int postsMax = 5)
    {
        var tally = new SentimentTally { Number = knownAt.UnixMilliseconds, KnownAt = knownAt, Posts = random.Next(postsMax + 1) };
        for (var i = 0; i < tally.Posts; i++)
        {
            var (content, tone) = (random.NextDouble(), (2 * random.NextDouble()) - 1);
            var influence = content * random.NextDouble();
            tally = tally with
            {
                Content = tally.Content + Units(content),
                ContentTone = tally.ContentTone + Units(content * tone),
                ContentToneSquared = tally.ContentToneSquared + Units(content * tone * tone),
                ExtremeContent = tally.ExtremeContent + (Math.Abs(tone) >= 0.6 ? Units(content) : 0),
                Influence = tally.Influence + Units(influence),
                InfluenceTone = tally.InfluenceTone + Units(influence * tone),
            };
        }

        return tally with { Scorer = random.Next(4) == 0 ? null : new ScorerIdentity($"scorer-{new string('x', random.Next(80))}", new string('a', random.Next(1, 130))) };
    }

    public static SyntheticFeed.Step Step(SentimentTally tally, long sequence = 0)
    {
        var levels = tally.Write(new PriceLevel[SentimentTally.LevelsMax]);
        return new SyntheticFeed.Step(tally.ToEvent(sequence, tally.KnownAt), levels.ToArray());
    }

    /// <summary>Adds a tally after each second of receipt, and numbers the events again.</summary>
    public static List<SyntheticFeed.Step> Among(IEnumerable<SyntheticFeed.Step> feed, int seed, Func<Timestamp, bool>? isAlive = null)
    {
        var random = new Random(seed);
        var steps = new List<SyntheticFeed.Step>();
        var next = Timestamp.Unknown;
        foreach (var step in feed)
        {
            next = next.IsKnown ? next : step.Event.ReceiveTime;
            for (; next < step.Event.ReceiveTime; next += TimeSpan.FromSeconds(1))
            {
                if (isAlive is null || isAlive(next))
                {
                    Add(Step(Make(random, next)));
                }
            }

            Add(step);
        }

        return steps;

        void Add(SyntheticFeed.Step step) => steps.Add(step with { Event = step.Event with { Sequence = steps.Count + 1 } });
    }

    private static long Units(double value) => (long)Math.Round(value * 1e8);
}
