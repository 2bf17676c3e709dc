using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Landscapes;

/// <summary>
/// Distance of two points in the unit cube of a space, Euclidean: numbers and integers by their scale, different choices by 1. A
/// parameter that only one of the points has adds 1, one that neither has adds nothing.
/// </summary>
internal static class UnitDistance
{
    internal static double Between(SearchSpace space, ParameterPoint a, ParameterPoint b)
    {
        var sum = 0.0;
        foreach (var parameter in space.Parameters)
        {
            var (inA, inB) = (a.TryGet(parameter.Name, out var first), b.TryGet(parameter.Name, out var second));
            var distance = (inA, inB) switch
            {
                (false, false) => 0,
                (true, true) when parameter is ChoiceParameter => first == second ? 0 : 1,
                (true, true) => parameter.ToUnit(first) - parameter.ToUnit(second),
                _ => 1,
            };
            sum += distance * distance;
        }

        return Math.Sqrt(sum);
    }
}
