using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Onnx;
using BtcAgent.Models.LightGbm.Scoring;
using BtcAgent.Models.LightGbm.Tests.Forests;
using BtcAgent.Testing;

namespace BtcAgent.Models.LightGbm.Tests.Scoring;

public sealed class OnnxScorerTests
{
    private const int Features = 40;

    private static readonly Forest Forest = Forest.Parse(
        new RandomForestText { Features = Features, Iterations = 100, Leaves = 31, Plain = true }.Write());

    [Theory]
    [InlineData(OnnxPrecision.Single)]
    [InlineData(OnnxPrecision.Double)]
    public void Score_AnyRow_EqualsTheEvaluator(OnnxPrecision precision)
    {
        using var model = OnnxModel.Open(OnnxConverter.Convert(Forest, new() { Precision = precision }));
        using var scorer = model.CreateScorer();
        var evaluator = new ForestEvaluator(Forest);
        var expected = new double[1];
        for (var seed = 0; seed < 50; seed++)
        {
            var row = Rows(1, seed);
            scorer.Score(row, out var raw, out var probability);
            evaluator.Raw([.. row.Select(x => (double)x)], expected);
            Assert.Equal(expected[0], raw, 1e-14);
            evaluator.Transform(expected);
            Assert.Equal(expected[0], probability, 1e-14);
        }
    }

    [Theory]
    [InlineData(OnnxPrecision.Single)]
    [InlineData(OnnxPrecision.Double)]
    public void Score_Repeated_AllocatesNothing(OnnxPrecision precision)
    {
        using var model = OnnxModel.Open(OnnxConverter.Convert(Forest, new() { Precision = precision }));
        using var scorer = model.CreateScorer();
        var row = Rows(1, 1);
        scorer.Score(row, out _, out _);
        Assert.Equal(0, Allocations.Least(round =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                scorer.Score(row, out _, out _);
            }
        }));
    }

    [Fact]
    public void Score_Multiclass_ProbabilitiesAddUpToOne()
    {
        var text = new RandomForestText { Objective = "multiclass num_class:3", Classes = 3, CategoricalFrom = 5 };
        using var model = OnnxModel.Open(OnnxConverter.Convert(Forest.Parse(text.Write())));
        using var scorer = model.CreateScorer();
        var rows = Rows(513, 3);
        var (raw, probabilities) = (new double[3], new double[3]);
        for (var i = 0; i < 513; i++)
        {
            scorer.Score(rows.AsSpan(i * 6, 6), raw, probabilities);
            Assert.All(raw, score => Assert.True(double.IsFinite(score)));
            Assert.Equal(1, probabilities.Sum(), 1e-6);
        }
    }

    [Fact]
    public void Open_AnyByteFlipped_IsRefused()
    {
        var onnx = OnnxConverter.Convert(Forest.Parse(new RandomForestText { Iterations = 2, Leaves = 4 }.Write()));
        for (var i = 0; i < onnx.Length; i++)
        {
            onnx[i] ^= 1;
            var refused = Assert.Throws<ModelRefusedException>(() => OnnxModel.Open(onnx));
            Assert.Contains("damaged", refused.Message, StringComparison.Ordinal);
            onnx[i] ^= 1;
        }

        OnnxModel.Open(onnx).Dispose();
    }

    [Fact]
    public void Open_CutOrEmptyFile_IsRefused()
    {
        var onnx = OnnxConverter.Convert(Forest);
        Assert.Throws<ModelRefusedException>(() => OnnxModel.Open(onnx[..^1]));
        Assert.Throws<ModelRefusedException>(() => OnnxModel.Open([]));
    }

    [Fact]
    public void Dispose_ModelWithAScorerAtWork_LetsItFinish()
    {
        var model = OnnxModel.Open(OnnxConverter.Convert(Forest));
        var scorer = model.CreateScorer();
        model.Dispose();
        scorer.Score(Rows(1, 1), out var raw, out _);
        Assert.NotEqual(0, raw);
        scorer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.CreateScorer());
        Assert.Throws<ObjectDisposedException>(() => scorer.Score(Rows(1, 1), out _, out _));
    }

    [Fact]
    public void Score_TooFewFeatures_IsRefused()
    {
        using var model = OnnxModel.Open(OnnxConverter.Convert(Forest));
        using var scorer = model.CreateScorer();
        Assert.Throws<ArgumentException>(() => scorer.Score(new float[Features - 1], out _, out _));
    }

    private static float[] Rows(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count * Features).Select(_ => (float)(random.NextDouble() * 4 - 2))];
    }
}
