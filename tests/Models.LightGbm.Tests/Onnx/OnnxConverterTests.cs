using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Onnx;
using BtcAgent.Models.LightGbm.Scoring;
using BtcAgent.Models.LightGbm.Tests.Forests;

namespace BtcAgent.Models.LightGbm.Tests.Onnx;

public sealed class OnnxConverterTests
{
    public static TheoryData<string, OnnxPrecision> Recorded => new(
        from model in RecordedForest.WithPredictions
        from precision in Enum.GetValues<OnnxPrecision>()
        select (model, precision));

    public static TheoryData<string> All => [.. RecordedForest.All];

    [Theory, MemberData(nameof(All))]
    public void Convert_RecordedModel_OpensInOnnxRuntime(string model)
    {
        var forest = RecordedForest.Parse(model);
        using var opened = OnnxModel.Open(OnnxConverter.Convert(forest));
        Assert.Equal((forest.Features, forest.Outputs), (opened.Features, opened.Outputs));
        Assert.Equal(forest.FeatureNames, opened.FeatureNames);
        Assert.Equal(forest.TextHash, opened.Metadata[OnnxMetadata.TextHash]);
    }

    // The served type rounds features to float; where that moves a row over a threshold, the row is left out.
    [Theory, MemberData(nameof(Recorded))]
    public void Convert_RecordedModel_ScoresAsLightGbm(string model, OnnxPrecision precision)
    {
        var recorded = RecordedForest.Load(model);
        var evaluator = new ForestEvaluator(recorded.Forest);
        using var scoring = new OnnxRows(OnnxConverter.Convert(recorded.Forest, new() { Precision = precision }));
        var (given, rounded) = (new int[recorded.Forest.Trees.Length], new int[recorded.Forest.Trees.Length]);
        var compared = 0;
        for (var row = 0; row < recorded.Rows.Length; row++)
        {
            var features = recorded.Rows[row];
            evaluator.Leaves(features, given);
            evaluator.Leaves([.. features.Select(x => (double)(float)x)], rounded);
            if (precision == OnnxPrecision.Double || given.AsSpan().SequenceEqual(rounded))
            {
                compared++;
                var (raw, probabilities) = scoring.Score(features);
                var actual = recorded.Raw ? raw : probabilities;
                ForestEvaluatorTests.AssertClose(recorded.Predictions[row], actual, 1e-12, row);
            }
        }

        Assert.True(compared >= recorded.Rows.Length * 0.97, $"{compared} of {recorded.Rows.Length} rows compared");
    }

    [Fact]
    public void Convert_SameForestTwice_GivesTheSameBytes()
    {
        var text = new RandomForestText { CategoricalFrom = 3, OneLeafEvery = 4 }.Write();
        Assert.Equal(OnnxConverter.Convert(Forest.Parse(text)), OnnxConverter.Convert(Forest.Parse(text)));
    }

    [Fact]
    public void Convert_MetadataWithTheConvertersKey_IsRefused()
    {
        var forest = Forest.Parse(new RandomForestText().Write());
        var options = new OnnxOptions { Metadata = new OnnxOptions().Metadata.Add(OnnxMetadata.Seal, "x") };
        Assert.Throws<ArgumentException>(() => OnnxConverter.Convert(forest, options));
    }
}
