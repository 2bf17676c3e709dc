using System.Collections.Immutable;
using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Spaces;
using BtcAgent.Research.Optimization.Studies;

namespace BtcAgent.Research.Tests.Optimization.Studies;

/// <summary>A noisy parabola over folds; counts its evaluations, and can fail, wait or throw at some of them.</summary>
internal sealed class FoldObjective(int folds) : ITrialObjective
{
    private int _calls;

    public int Folds => folds;

    internal int Calls => _calls;

    /// <summary>Runs before the n-th evaluation, from 1.</summary>
    internal Action<int>? Before { get; init; }

    public static SearchSpace Space { get; } = new(
        new NumberParameter("x", -2, 2), new IntegerParameter("n", 1, 20, log: true), new ChoiceParameter("kind", ["a", "b"]));

    public FoldScore Evaluate(ParameterPoint point, int fold, ulong seed, CancellationToken ct)
    {
        Before?.Invoke(Interlocked.Increment(ref _calls));
        ct.ThrowIfCancellationRequested();
        var (x, noise) = (point.Number("x"), new TrialRandom(seed).NextUnit());
        var score = x > 1.8 ? double.NaN : -(x * x) - (point.Integer("n") / 40.0) - (point.Choice("kind") == "a" ? 1 : 0) + (0.3 * noise) + (fold * 0.1);
        return new FoldScore(score, ImmutableArray.Create(noise, -noise, 1.0 / 3));
    }
}
