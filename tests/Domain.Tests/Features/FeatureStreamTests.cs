using System.Collections.Immutable;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Streams;
using BtcAgent.Domain.Tests.Orders;
using CsCheck;

namespace BtcAgent.Domain.Tests.Features;

public sealed class FeatureStreamTests
{
    private static readonly List<SyntheticFeed.Step> Feed = SyntheticFeed.Make(21, 2_500);

    /// <summary>
    /// Batches of any size, some again, some failing in the middle: the samples are those of the events one by one.
    /// </summary>
    [Fact]
    public void MoveNext_BatchesThatRepeatAndFail_GivesTheSamplesOfTheEventsOneByOne()
    {
        var expected = SyntheticFeed.Run(SyntheticFeed.Pipeline(), Feed).Select(Text).ToArray();
        Assert.True(expected.Length > 30);
        Gen.Int[0, int.MaxValue - 1].Sample(
            seed =>
            {
                var random = new Random(seed);
                var features = new FeatureStream(SyntheticFeed.Pipeline(), new InstrumentStream());
                var samples = new List<string>();
                for (var next = 0; next < Feed.Count;)
                {
                    var batch = Batch(next, Math.Min(random.Next(1, 80), Feed.Count - next));
                    next += batch.Events.Length;
                    while (random.Next(4) == 0)
                    {
                        Play(features, batch, samples, failAfter: random.Next(batch.Events.Length));
                    }

                    Play(features, batch, samples, failAfter: int.MaxValue);
                    if (random.Next(4) == 0)
                    {
                        Play(features, batch, samples, failAfter: int.MaxValue);
                    }
                }

                Assert.Equal(expected, samples);
                Assert.Equal((Feed.Count, 0L), (features.Counters.Events, features.Counters.SequenceHoles));
            },
            iter: 20);
    }

    [Fact]
    public void Open_NewFeed_ResetsThePipelineOnce()
    {
        var features = new FeatureStream(SyntheticFeed.Pipeline(), new InstrumentStream());
        var samples = new List<string>();
        Play(features, Batch(0, 1_000), samples, int.MaxValue);
        Assert.True(features.Pipeline.Synchronizer.IsInSync);

        Assert.True(features.Open(Batch(0, 1) with { FeedEpoch = 2 }));
        Assert.False(features.Pipeline.Synchronizer.IsInSync);
        Assert.True(features.MoveNext(out _) && !features.IsApplied);
        Assert.False(features.Open(Batch(0, 1)));
    }

    private static void Play(FeatureStream features, MarketDataBatch batch, List<string> samples, int failAfter)
    {
        features.Open(batch);
        for (var i = 0; features.MoveNext(out var sample); i++)
        {
            if (sample is not null)
            {
                samples.Add(Text(sample));
            }

            if (i == failAfter)
            {
                // What the sample was for failed; the event was not applied.
                features.GoBack();
                return;
            }

            features.Apply();
        }
    }

    private static MarketDataBatch Batch(int from, int count)
    {
        var levels = ImmutableArray.CreateBuilder<PriceLevel>();
        var events = ImmutableArray.CreateBuilder<MarketEvent>();
        foreach (var step in Feed.Skip(from).Take(count))
        {
            events.Add(step.Event with { LevelsStart = levels.Count });
            levels.AddRange(step.Levels);
        }

        return new MarketDataBatch(OrderFixture.Btc, 1, events.ToImmutable(), levels.ToImmutable(), default);
    }

    private static string Text(FeatureSample sample) =>
        $"{sample.EventTime} {sample.LastSequence} {sample.Quote} {string.Join(',', sample.Values.Select(BitConverter.SingleToInt32Bits))}";
}
