using System.Collections.Immutable;
using BtcAgent.Research.Ablations;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Labels;
using BtcAgent.Research.Leakage;
using BtcAgent.Research.Reports;
using BtcAgent.Research.Training;
using BtcAgent.Research.Weights;

namespace BtcAgent.Research.Tests.Ablations;

public sealed class AblationTestTests
{
    private static readonly InstrumentId Instrument = InstrumentId.Parse("BINANCE:BTCUSDT");

    private static readonly TrainingPlan Plan = new() { Folds = 5, Rounds = 20, MinRowsInLeaf = 30, Leaves = 7, LearningRate = 0.2, FeeBps = 1, Threads = 1 };

    private static readonly ImmutableArray<string> Groups = ["returns", "calendar", "sentiment", "book"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_PostsThatLeadThePrice_FindsThem(int seed)
    {
        var report = Ablate(Make(seed, isShuffled: false), Groups);

        var sentiment = report.Groups[2];
        Assert.True(sentiment.Finding == AblationFinding.Helps, $"{sentiment.Gain} {sentiment.Low}…{sentiment.High}");
        Assert.True(sentiment is { Features: 2, Low: > 0 } && sentiment.High > sentiment.Gain && sentiment.Gain > sentiment.Low);
        Assert.Equal(sentiment.FoldGains.Average(), sentiment.Gain, 1e-12);
        Assert.DoesNotContain(AblationFinding.Helps, new[] { report.Groups[1].Finding, report.Groups[3].Finding });
        Assert.Equal(("book", 0, AblationFinding.NoData), (report.Groups[3].Group, report.Groups[3].Features, report.Groups[3].Finding));
    }

    /// <summary>The same posts at other times, with the decay of the features: they say nothing about the price, and no more than one seed in twenty may claim it.</summary>
    [Fact]
    public void Run_PostsShuffledInTime_ClaimsNothing()
    {
        var claims = Enumerable.Range(1, 20).Count(seed => Ablate(Make(seed, isShuffled: true), ["sentiment"]).Groups[0].Finding == AblationFinding.Helps);
        Assert.InRange(claims, 0, 1);
    }

    [Fact]
    public void Run_Repeated_IsTheSame() => Assert.Equal(
        Ablate(Make(1, isShuffled: false), ["sentiment"]).Groups[0].FoldGains, Ablate(Make(1, isShuffled: false), ["sentiment"]).Groups[0].FoldGains);

    [Fact]
    public void Run_UnknownGroupOrFewFolds_SaysSo()
    {
        var dataset = Make(1, isShuffled: false);
        Assert.Contains("unknown group of features 'x'", Assert.Throws<ArgumentException>(() => Ablate(dataset, ["x"])).Message, StringComparison.Ordinal);
        var plan = Plan with { Folds = 2 };
        Assert.Contains("2 folds are too few", Assert.Throws<ArgumentException>(
            () => new AblationTest(dataset, plan).Run(["sentiment"], null, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_OfARun_HasTheTable()
    {
        var dataset = Make(1, isShuffled: false);
        var run = Train(dataset, Plan);
        run = run with { Ablation = new AblationTest(dataset, Plan).Run(Groups, null, CancellationToken.None) };

        var page = HtmlReport.Render(ReportContent.Of(run));
        Assert.Contains("<td>sentiment</td><td>2</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td>has no values in these data</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    private static TrainingRun Train(StoredDataset dataset, TrainingPlan plan) =>
        new ModelTrainer(dataset, plan, ImmutableSortedDictionary<string, string>.Empty, LookAheadReport.LivePipeline).Run("test", withModel: false, null, CancellationToken.None);

    private static AblationReport Ablate(StoredDataset dataset, ImmutableArray<string> groups) =>
        new AblationTest(dataset, Plan).Run(groups, null, TestContext.Current.CancellationToken);

    /// <summary>A price that follows a tone of posts a little; another feature knows a part of the same drift.</summary>
    private static StoredDataset Make(int seed, bool isShuffled)
    {
        const int Rows = 3_000;
        const int Columns = 5;
        var random = new Random(seed);
        var (times, prices, values, tones) = (new Timestamp[Rows], new double[Rows], new float[Rows * Columns], new float[Rows]);
        var (price, drift) = (60_000.0, 0.0);
        for (var i = 0; i < Rows; i++)
        {
            if (i % 20 == 0)
            {
                drift = random.Next(2) == 0 ? 2 : -2;
            }

            times[i] = Timestamp.FromUnixMilliseconds(1_700_000_000_000 + (i * 1_000L));
            prices[i] = price;
            tones[i] = (float)((drift / 4) + (random.NextDouble() - 0.5));
            values[i * Columns] = (float)(drift + (12 * (random.NextDouble() - 0.5)));
            values[(i * Columns) + 1] = (float)Math.Sin(i / 600.0);
            values[(i * Columns) + 4] = float.NaN;
            price *= 1 + ((drift + (8 * (random.NextDouble() - 0.5))) * 1e-4);
        }

        if (isShuffled)
        {
            random.Shuffle(tones);
        }

        // As the features decay: neighbouring rows have much in common, with posts at any times.
        var (tone, extreme) = (0.0, 0.0);
        for (var i = 0; i < Rows; i++)
        {
            tone += 0.2 * (tones[i] - tone);
            extreme += 0.01 * ((Math.Abs(tones[i]) > 0.4f ? 1 : 0) - extreme);
            values[(i * Columns) + 2] = (float)tone;
            values[(i * Columns) + 3] = (float)extreme;
        }

        var data = new FeatureDataset(Instrument, 42, ["return_1", "hour_sin", "sentiment_mean", "sentiment_extreme_share", "imbalance_1"], times, prices, values);
        var labels = new FixedHorizonLabeler(TimeSpan.FromSeconds(5)).Label(data, PricePath.FromRows(data, TimeSpan.FromSeconds(2)));
        return new StoredDataset(data, labels, UniquenessWeights.Of(data, labels));
    }
}
