using BtcAgent.Research.Optimization.Spaces;
using BtcAgent.Research.Optimization.Studies;

namespace BtcAgent.Research.Optimization.Benchmarks;

/// <summary>A benchmark problem as an objective with one fold: the negative loss.</summary>
internal sealed class LossObjective(BenchmarkProblem problem) : ITrialObjective
{
    public int Folds => 1;

    public FoldScore Evaluate(ParameterPoint point, int fold, ulong seed, CancellationToken ct) => new(-problem.Loss(point), []);
}
