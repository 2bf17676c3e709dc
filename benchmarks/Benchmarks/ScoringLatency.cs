using System.Diagnostics;
using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Onnx;
using BtcAgent.Models.LightGbm.Scoring;

namespace BtcAgent.Benchmarks;

/// <summary>Percentiles of scoring one row: <c>dotnet run -c Release -- scoring</c>.</summary>
public static class ScoringLatency
{
    private const int WarmUps = 20_000;
    private const int Calls = 200_000;
    private const int RowCount = 1_024;

    public static void Run()
    {
        var forest = Forest.Parse(ScoringBenchmarks.ModelText(3));
        var rows = ScoringBenchmarks.Rows(RowCount, 7);
        foreach (var precision in Enum.GetValues<OnnxPrecision>())
        {
            using var model = OnnxModel.Open(OnnxConverter.Convert(forest, new OnnxOptions { Precision = precision }));
            using var scorer = model.CreateScorer();
            Measure(scorer, rows, new long[WarmUps]);
            var ticks = new long[Calls];
            var before = GC.GetAllocatedBytesForCurrentThread();
            Measure(scorer, rows, ticks);
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            Array.Sort(ticks);
            Console.WriteLine($"{precision}: p50 {At(ticks, 0.5):F1} us, p99 {At(ticks, 0.99):F1} us, "
                + $"p99.9 {At(ticks, 0.999):F1} us, {(double)bytes / Calls:F2} B a call");
        }
    }

    private static void Measure(OnnxScorer scorer, float[] rows, long[] ticks)
    {
        for (var i = 0; i < ticks.Length; i++)
        {
            var row = rows.AsSpan(i % RowCount * ScoringBenchmarks.Features, ScoringBenchmarks.Features);
            var start = Stopwatch.GetTimestamp();
            scorer.Score(row, out _, out _);
            ticks[i] = Stopwatch.GetTimestamp() - start;
        }
    }

    private static double At(long[] sorted, double share) =>
        sorted[(int)(sorted.Length * share)] * 1e6 / Stopwatch.Frequency;
}
