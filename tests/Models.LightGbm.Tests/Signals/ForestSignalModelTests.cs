using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Signals;

namespace BtcAgent.Models.LightGbm.Tests.Signals;

public sealed class ForestSignalModelTests
{
    [Fact]
    public void Score_SureOfARise_IsLongUntilTheExit()
    {
        var model = Open();

        Assert.Equal(SignalDirection.Long, model.Score(SignalForest.Sample(0.9f)).Direction);
        Assert.Equal(SignalDirection.Short, model.Score(SignalForest.Sample(-0.9f)).Direction);
        var score = model.Score(SignalForest.Sample(0.9f));
        Assert.InRange(score.Score, 0.8, 1);
        Assert.Equal(score.Confidence, Math.Abs((2 * score.Score) - 1), 1e-12);
        Assert.Equal(score.Confidence * 10, score.ExpectedMoveBps, 1e-9);
    }

    [Fact]
    public void Score_BetweenExitAndEntry_KeepsItsSideAndTakesNoNew()
    {
        // Every confidence of this forest lies between exit and entry for the second model.
        var unsure = Open(m => m with { Policy = new TradingPolicy(1, 0, 10, 0) });
        Assert.Equal(SignalDirection.Flat, unsure.Score(SignalForest.Sample(0.9f)).Direction);

        var holding = Open(m => m with { Policy = new TradingPolicy(0.6, 0, 10, 0) });
        holding.Score(SignalForest.Sample(0.9f));
        var weak = Enumerable.Range(-100, 201).Select(i => i / 200f)
            .First(x => Open().Score(SignalForest.Sample(x)) is { Confidence: < 0.6 and > 0 } s && s.Score > 0.5);
        Assert.Equal(SignalDirection.Long, holding.Score(SignalForest.Sample(weak)).Direction);
        Assert.Equal(SignalDirection.Flat, Open().Score(SignalForest.Sample(weak)).Direction);
    }

    [Fact]
    public void Score_AKnownFeatureMissing_IsNotReady()
    {
        var score = Open().Score(SignalForest.Sample(float.NaN));

        Assert.Contains(SignalForest.Schema.Definitions[0].Name, score.NotReady, StringComparison.Ordinal);
    }

    /// <summary>Unknown sentiment opens nothing, whatever the manifest says of its gain; a model that has often been trained without it may score.</summary>
    [Fact]
    public void Score_SentimentOfItsTreesUnknown_IsRefusedUnlessItWasOftenUnknownInTraining()
    {
        var mean = SignalForest.Schema.IndexOf("sentiment_mean");
        var gate = SignalGate.Of(new SignalOptions());
        var (known, unknown) = (SignalForest.Sample(0.9f, decides: mean), SignalForest.Sample(float.NaN, decides: mean));
        foreach (var share in new[] { 0, 0.05, 0.1 })
        {
            var model = Open(Missing(share, gain: 0));
            Assert.Empty(gate.Judge(known, model.Score(known)));

            var refusal = Assert.Single(gate.Judge(unknown, model.Score(unknown)));
            Assert.Equal(SignalGate.SentimentUnknown, refusal.Code);
            Assert.Contains("sentiment_mean", refusal.Detail, StringComparison.Ordinal);
            Assert.Equal(SignalDirection.Flat, model.Score(unknown).Direction);
        }

        Assert.DoesNotContain(gate.Judge(unknown, Open(Missing(0.5, gain: 10)).Score(unknown)), refusal => refusal.Code == SignalGate.SentimentUnknown);

        // Without a split on it, it may be unknown.
        var split = Forest.Parse(SignalForest.Make().Text).Trees.SelectMany(tree => tree.Splits).Select(one => one.Feature).ToHashSet();
        var free = Enumerable.Range(mean, SignalForest.Schema.Count - mean).First(i => !split.Contains(i));
        var other = SignalForest.Sample(0.9f) with { Values = SignalForest.Sample(0.9f).Values.SetItem(free, float.NaN) };
        Assert.Null(Open().Score(other).NotReady);

        ISignalModel Open(Func<ModelManifest, ModelManifest>? change = null) =>
            new ForestLoader().Open(SignalForest.Make(change, change is null ? 0 : mean)).CreateSignalModel(SignalForest.Schema);

        Func<ModelManifest, ModelManifest> Missing(double share, double gain) =>
            m => m with { Features = m.Features.SetItem(mean, m.Features[mean] with { MissingShare = share, Gain = gain }) };
    }

    [Fact]
    public void Score_ReleasesOfItsTreesUnknown_IsRefused()
    {
        var hours = SignalForest.Schema.IndexOf("calendar_hours_to_release");
        var gate = SignalGate.Of(new SignalOptions());
        var model = new ForestLoader().Open(SignalForest.Make(decides: hours)).CreateSignalModel(SignalForest.Schema);
        var (known, unknown) = (SignalForest.Sample(0.9f, decides: hours), SignalForest.Sample(float.NaN, decides: hours));

        Assert.Empty(gate.Judge(known, model.Score(known)));
        var refusal = Assert.Single(gate.Judge(unknown, model.Score(unknown)));
        Assert.Equal(SignalGate.CalendarUnknown, refusal.Code);
        Assert.Contains("calendar_hours_to_release", refusal.Detail, StringComparison.Ordinal);
        Assert.Equal(SignalDirection.Flat, model.Score(unknown).Direction);
    }

    [Fact]
    public void Create_SchemaOfAnEarlierVersion_IsRefusedAndSaysWhatToDo()
    {
        var earlier = FeatureSchema.Find(new FeatureOptions(), 0x74ee322b0b530f1e)!;
        using var forest = new ServableForest(SignalForest.Make(schema: earlier));

        Assert.Contains(
            "was trained on features of version 1, samples here have version 3: train it again", Refusal(() => forest.CreateSignalModel(SignalForest.Schema)), StringComparison.Ordinal);
        Assert.NotNull(forest.CreateSignalModel(earlier));
    }

    [Fact]
    public void Score_OutsideTheTrainingRange_SaysWhichFeature()
    {
        Assert.Null(Open().Score(SignalForest.Sample(1)).OutOfDistribution);
        Assert.Contains("1 features outside", Open().Score(SignalForest.Sample(1.01f)).OutOfDistribution, StringComparison.Ordinal);

        // Features that no tree uses may have any value.
        Assert.Null(Open().Score(SignalForest.Sample(1, others: 99)).OutOfDistribution);
    }

    [Fact]
    public void Score_AfterWarmUp_AllocatesNothing()
    {
        var model = Open();
        var sample = SignalForest.Sample(0.5f);
        model.Score(sample);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            model.Score(sample);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>The trees in managed code agree with ONNX Runtime; a score that is off by a millionth does not.</summary>
    [Fact]
    public void Recompute_EachScore_IsInTheRangeAndAChangedOneIsNot()
    {
        var model = Assert.IsAssignableFrom<ITrainedModel>(Open());
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            var sample = SignalForest.Sample((float)((2 * random.NextDouble()) - 1), (float)random.NextDouble());
            var score = model.Score(sample).Score;
            var range = model.Recompute(sample.Values.AsSpan());

            Assert.True(range.Contains(score), $"{score:R} is not in {range}");
            Assert.False(range.Contains(score + 1e-5));
            Assert.False(range.Contains(score - 1e-5));
            Assert.False(range.Contains(double.NaN));
        }
    }

    [Fact]
    public void Create_AnotherSchemaOrOrder_IsRefusedWithTheReason()
    {
        using var forest = new ServableForest(SignalForest.Make());
        var other = FeatureSchema.Create(new FeatureOptions { BarIntervalMs = 60_000 });
        Assert.Contains("was trained on feature schema", Refusal(() => forest.CreateSignalModel(other)), StringComparison.Ordinal);

        var swapped = SignalForest.Make(m => m with { Features = [m.Features[1], m.Features[0], .. m.Features[2..]] });
        Assert.Contains("features of model.txt are not those", Refusal(() => new ServableForest(swapped)), StringComparison.Ordinal);
        var regression = SignalForest.Make(m => m with { Objective = "regression" });
        Assert.Contains("needs a binary model", Refusal(() => new ServableForest(regression)), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_Contributions_SumToTheRawScore()
    {
        using var forest = new ServableForest(SignalForest.Make());

        var explanation = forest.Explain(SignalForest.Sample(0.7f).Values.AsSpan());

        Assert.Equal(explanation.RawScore, explanation.Baseline + explanation.Contributions.Sum(), 1e-9);
        Assert.Equal(0, Array.IndexOf([.. explanation.Contributions.Select(Math.Abs)], explanation.Contributions.Max(Math.Abs)));
        Assert.Throws<ArgumentException>(() => forest.Explain([1, 2]));
    }

    [Fact]
    public async Task Load_SameArtefactTwice_SharesOneModel()
    {
        var loader = new ForestLoader();
        var zip = SignalForest.Make().ToZip();

        var first = await loader.LoadAsync(zip, TestContext.Current.CancellationToken);

        Assert.Same(first, await loader.LoadAsync(zip, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ModelRefusedException>(() => loader.LoadAsync(zip.AsMemory(0, 100), TestContext.Current.CancellationToken));
    }

    private static ISignalModel Open(Func<ModelManifest, ModelManifest>? change = null) =>
        new ForestLoader().Open(SignalForest.Make(change)).CreateSignalModel(SignalForest.Schema);

    private static string Refusal(Action action) => Assert.Throws<ModelRefusedException>(action).Message;
}
