using BtcAgent.Research.Optimization.Benchmarks;

namespace BtcAgent.Cli.Optimizing;

/// <summary>The output of <c>optimize --benchmark --json</c>.</summary>
internal sealed record BenchmarkSummary(bool Holds, IReadOnlyList<BenchmarkRow> Rows);
