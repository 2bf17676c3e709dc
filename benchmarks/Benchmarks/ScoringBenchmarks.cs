using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Onnx;
using BtcAgent.Models.LightGbm.Scoring;

namespace BtcAgent.Benchmarks;

/// <summary>
/// One row through a model of 100 trees × 31 leaves over 40 features; bound of issue 4: p50 ≤ 20 µs and 0 B.
/// <see cref="ScoringLatency"/> prints the percentiles.
/// </summary>
[MemoryDiagnoser]
public class ScoringBenchmarks
{
    public const int Features = 40;

    private const int Trees = 100;
    private const int Leaves = 31;
    private const int BatchRows = 512;

    private readonly float[] _rows = Rows(BatchRows, 7);
    private OnnxModel? _model;
    private OnnxScorer? _scorer;
    private ForestEvaluator? _evaluator;
    private int _next;

    [ParamsAllValues]
    public OnnxPrecision Precision { get; set; }

    [GlobalSetup]
    public void Open()
    {
        var forest = Forest.Parse(ModelText(3));
        _evaluator = new ForestEvaluator(forest);
        _model = OnnxModel.Open(OnnxConverter.Convert(forest, new OnnxOptions { Precision = Precision }));
        _scorer = _model.CreateScorer();
    }

    [GlobalCleanup]
    public void Close()
    {
        _scorer?.Dispose();
        _model?.Dispose();
    }

    [Benchmark]
    public double ScoreOne()
    {
        _next = (_next + 1) % BatchRows;
        _scorer!.Score(_rows.AsSpan(_next * Features, Features), out var raw, out _);
        return raw;
    }

    [Benchmark]
    public double EvaluateOne()
    {
        _next = (_next + 1) % BatchRows;
        Span<double> row = stackalloc double[Features];
        for (var i = 0; i < Features; i++)
        {
            row[i] = _rows[_next * Features + i];
        }

        Span<double> raw = stackalloc double[1];
        _evaluator!.Raw(row, raw);
        return raw[0];
    }

    public static float[] Rows(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count * Features).Select(_ => (float)(random.NextDouble() * 4 - 2))];
    }

    /// <summary>A model of balanced random trees, written as LightGBM writes them.</summary>
    public static string ModelText(int seed)
    {
        var random = new Random(seed);
        var names = string.Join(' ', Enumerable.Range(0, Features).Select(i => $"f{i}"));
        var text = new StringBuilder("tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\n");
        text.Append(CultureInfo.InvariantCulture, $"max_feature_idx={Features - 1}\nobjective=binary sigmoid:1\n");
        text.Append("feature_names=").Append(names).Append("\n\n");
        var splits = Enumerable.Range(0, Leaves - 1).ToArray();
        for (var tree = 0; tree < Trees; tree++)
        {
            text.Append(CultureInfo.InvariantCulture, $"Tree={tree}\nnum_leaves={Leaves}\nnum_cat=0\n");
            Line(text, "split_feature", splits.Select(_ => (double)random.Next(Features)));
            Line(text, "threshold", splits.Select(_ => random.NextDouble() * 2 - 1));
            Line(text, "decision_type", splits.Select(_ => 8.0));
            Line(text, "left_child", splits.Select(i => (double)Child(2 * i + 1)));
            Line(text, "right_child", splits.Select(i => (double)Child(2 * i + 2)));
            Line(text, "leaf_value", Enumerable.Range(0, Leaves).Select(_ => random.NextDouble() * 0.2 - 0.1));
            text.Append("is_linear=0\nshrinkage=0.1\n\n\n");
        }

        return text.Append("end of trees\n").ToString();
    }

    // A heap: node i has children 2i + 1 and 2i + 2; what lies past the splits is a leaf.
    private static int Child(int heap) => heap < Leaves - 1 ? heap : ~(heap - (Leaves - 1));

    private static void Line(StringBuilder text, string key, IEnumerable<double> values) => text.Append(key).Append('=')
        .AppendJoin(' ', values.Select(v => v.ToString("R", CultureInfo.InvariantCulture))).Append('\n');
}
