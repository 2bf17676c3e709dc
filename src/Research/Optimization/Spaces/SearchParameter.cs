using System.Collections.Immutable;
using System.Text.Json;

namespace BtcAgent.Research.Optimization.Spaces;

/// <summary>A dimension of a <see cref="SearchSpace"/>.</summary>
public abstract class SearchParameter
{
    private const int NameLengthMax = 64;

    private protected SearchParameter(string name, ParameterCondition? condition)
    {
        if (string.IsNullOrEmpty(name) || name.Length > NameLengthMax || !char.IsAsciiLetter(name[0])
            || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            throw new ArgumentException(
                $"'{name}' cannot name a parameter: use a letter, then up to {NameLengthMax - 1} letters, digits, '-', '_' or '.'");
        }

        (Name, Condition) = (name, condition);
    }

    public string Name { get; }

    /// <summary>Null for a parameter that is always active.</summary>
    public ParameterCondition? Condition { get; }

    public abstract ParameterKind Kind { get; }

    /// <summary>True if the value is of this kind and in the range.</summary>
    public abstract bool Contains(ParameterValue value);

    /// <summary>
    /// The value at a place of the unit interval: values of a discrete parameter have equal parts of it, or parts by their
    /// logarithm.
    /// </summary>
    /// <param name="unit">0…1; 1 gives the last value.</param>
    public abstract ParameterValue FromUnit(double unit);

    /// <summary>Place of a value in the unit interval, 0…1; the middle of its part for a discrete parameter.</summary>
    /// <param name="value">A value of the parameter.</param>
    public abstract double ToUnit(ParameterValue value);

    /// <summary>Values of a grid, ascending or as declared: evenly spaced, on the logarithmic scale where that is the scale.</summary>
    /// <param name="count">
    /// Values of a number, 1 or more; a discrete parameter has at most that many, and a choice always all.
    /// </param>
    public abstract ImmutableArray<ParameterValue> Levels(int count);

    internal abstract void WriteTo(Utf8JsonWriter json);

    /// <summary>Reads a value of this kind; null for JSON of another.</summary>
    internal abstract ParameterValue? Read(JsonElement json);

    private protected ImmutableArray<ParameterValue> UnitLevels(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return [.. Enumerable.Range(0, count).Select(i => FromUnit(count == 1 ? 0.5 : (double)i / (count - 1))).Distinct()];
    }
}
