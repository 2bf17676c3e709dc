using System.Collections.Immutable;

namespace BtcAgent.Research.Optimization.Spaces;

/// <summary>
/// A parameter with a condition is active where another parameter, declared before it, is active and has one of some values. An
/// inactive parameter is absent from the point.
/// </summary>
public sealed class ParameterCondition
{
    /// <param name="parameter">Name of an integer or choice declared earlier.</param>
    /// <param name="values">At least one, each a value of that parameter.</param>
    /// <exception cref="ArgumentException">There are no values, or numbers among them.</exception>
    public ParameterCondition(string parameter, params IEnumerable<ParameterValue> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(parameter);
        (Parameter, Values) = (parameter, [.. values]);
        if (Values.IsEmpty || Values.Any(value => value.Kind == ParameterKind.Number))
        {
            throw new ArgumentException($"a condition on '{parameter}' needs one or more whole numbers or choices");
        }
    }

    public string Parameter { get; }

    public ImmutableArray<ParameterValue> Values { get; }

    /// <summary>True if a point of the earlier parameters fulfils the condition.</summary>
    public bool Holds(ParameterPoint point) => point.TryGet(Parameter, out var value) && Values.Contains(value);
}
