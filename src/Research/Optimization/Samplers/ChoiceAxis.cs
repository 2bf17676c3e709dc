using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Samplers;

/// <summary>
/// Kernels over names: each name has the prior weight shared by all kernels, and the point's own name 1 more. The last kernel is
/// uniform.
/// </summary>
internal sealed class ChoiceAxis : ParzenAxis
{
    private readonly ChoiceParameter _parameter;
    private readonly int[] _chosen;
    private readonly double _other;
    private readonly double _own;

    internal ChoiceAxis(ChoiceParameter parameter, bool[] has, ParameterValue[] values, double priorWeight)
        : base(has)
    {
        _parameter = parameter;
        _chosen = [.. values.Select((value, i) => has[i] ? parameter.IndexOf(value) : -1)];
        var share = priorWeight / (has.Count(active => active) + 1);
        var sum = 1 + (share * parameter.Values.Length);
        (_other, _own) = (share / sum, (1 + share) / sum);
    }

    internal override ParameterValue Draw(int kernel, TrialRandom random)
    {
        var (count, unit) = (_parameter.Values.Length, random.NextUnit());
        if (kernel == _chosen.Length)
        {
            return _parameter.FromUnit(unit);
        }

        // The own name has what it has more than the others; the rest is uniform.
        return unit < _own - _other
            ? new ParameterValue(_parameter.Values[_chosen[kernel]])
            : _parameter.FromUnit((unit - (_own - _other)) / (count * _other));
    }

    internal override void LogDensities(ParameterValue value, double[] logs)
    {
        var (own, other) = (Math.Log(_own), Math.Log(_other));
        var index = _parameter.IndexOf(value);
        for (var kernel = 0; kernel < _chosen.Length; kernel++)
        {
            logs[kernel] = _chosen[kernel] == index ? own : other;
        }

        logs[_chosen.Length] = -Math.Log(_parameter.Values.Length);
    }
}
