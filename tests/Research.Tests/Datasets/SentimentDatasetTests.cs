using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Sentiment;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Leakage;
using BtcAgent.Testing;

namespace BtcAgent.Research.Tests.Datasets;

/// <summary>Tallies of posts in a dataset: known values, and nothing that was known later.</summary>
public sealed class SentimentDatasetTests
{
    private static readonly FeatureOptions Options = new() { VpinBucketBase = 0.2 };

    private static readonly Lazy<DecodedTape> Tape = new(() => DecodedTape.Load(Market.Btc, [RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz")]));

    private static readonly Lazy<IReadOnlyList<SentimentTally>> Posts = new(() =>
    {
        var path = Path.GetTempFileName();
        File.WriteAllLines(path, TallyLines.Make(2, Tape.Value.Events[0].ReceiveTime.UnixNanoseconds, 600));
        var tallies = SentimentFile.Read(path);
        File.Delete(path);
        return tallies;
    });

    [Fact]
    public void Build_TapeWithTallies_KnowsTheSentimentAndLooksNotAhead()
    {
        var whole = Build(Tape.Value.With([.. Posts.Value]));
        var first = whole.Features.IndexOf("sentiment_mean");

        Assert.True(whole.Rows > 100);
        for (var row = 0; row < whole.Rows; row++)
        {
            Assert.All(whole.Row(row).Slice(first, 7).ToArray(), value => Assert.True(float.IsFinite(value)));
        }

        Assert.Empty(Audit(whole));
    }

    /// <summary>One tally among hundreds is in the dataset one second before it was known.</summary>
    [Fact]
    public void Audit_OneTallyKnownASecondTooEarly_IsCaught()
    {
        var planted = Posts.Value.ToList();
        var at = planted.FindIndex(tally => tally.KnownAt - Tape.Value.Events[0].ReceiveTime > TimeSpan.FromSeconds(200) && tally.Posts > 1);
        planted[at] = planted[at] with { KnownAt = planted[at].KnownAt - TimeSpan.FromSeconds(1) };
        var whole = Build(Tape.Value.With([.. planted]));

        // Rows have the venue's times, which are 1.3 s ahead of those of receipt on this tape.
        var rows = Enumerable.Range(0, whole.Rows).Where(row => Math.Abs((whole.Times[row] - planted[at].KnownAt).TotalSeconds) <= 5);
        var found = LookAheadAudit.Run(whole, rows, FromPast);

        Assert.NotEmpty(found);
        Assert.All(found, one => Assert.StartsWith("sentiment_", one.Feature, StringComparison.Ordinal));
    }

    private static IEnumerable<LookAheadDifference> Audit(FeatureDataset whole) => LookAheadAudit.Run(whole, LookAheadAudit.ChooseRows(whole, 5, seed: 4), FromPast);

    /// <summary>Only what existed at the instant: frames before it, and posts whose tone was known when the last of them was received.</summary>
    private static FeatureDataset FromPast(Timestamp instant)
    {
        var before = EventDatasetBuilder.Before(Tape.Value.Events, instant);
        var next = Tape.Value.Events[before.Length].ReceiveTime;
        var tape = Tape.Value.With([.. Posts.Value.Where(tally => tally.KnownAt < next)]);
        return Build(tape, EventDatasetBuilder.Before(tape.Events, instant), instant);
    }

    private static FeatureDataset Build(DecodedTape tape) => Build(tape, tape.Events, until: null);

    private static FeatureDataset Build(DecodedTape tape, ReadOnlySpan<MarketEvent> events, Timestamp? until) =>
        EventDatasetBuilder.Build(Market.Btc, Options, events, (in MarketEvent one) => tape.LevelsOf(in one), until);
}
