using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Samplers;

/// <summary>The kernels of one parameter: one per point that has it, by the point's place, and a last one over the range.</summary>
internal abstract class ParzenAxis
{
    private protected ParzenAxis(bool[] has)
    {
        HasPoint = has;
        IsComplete = has.All(active => active);
    }

    /// <summary>True if all points have the parameter.</summary>
    internal bool IsComplete { get; }

    /// <summary>Per point, true if it has the parameter.</summary>
    private protected bool[] HasPoint { get; }

    /// <param name="parameter">Parameter of the axis.</param>
    /// <param name="points">Points of the mixture.</param>
    /// <param name="dimensions">Number of parameters of the space.</param>
    /// <param name="priorWeight">Weight of the kernel over the range.</param>
    internal static ParzenAxis Of(SearchParameter parameter, IReadOnlyList<ParameterPoint> points, int dimensions, double priorWeight)
    {
        var has = new bool[points.Count];
        var values = new ParameterValue[points.Count];
        for (var i = 0; i < has.Length; i++)
        {
            has[i] = points[i].TryGet(parameter.Name, out values[i]);
        }

        return parameter is ChoiceParameter choice
            ? new ChoiceAxis(choice, has, values, priorWeight)
            : new ScaleAxis(parameter, has, values, dimensions);
    }

    /// <summary>True if the kernel has the parameter; the last kernel always has.</summary>
    internal bool Has(int kernel) => kernel == HasPoint.Length || HasPoint[kernel];

    internal abstract ParameterValue Draw(int kernel, TrialRandom random);

    /// <summary>Writes the logarithm of each kernel's density at a value; of a kernel without the parameter anything.</summary>
    internal abstract void LogDensities(ParameterValue value, double[] logs);
}
