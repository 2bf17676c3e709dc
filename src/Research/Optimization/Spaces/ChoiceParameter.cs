using System.Collections.Immutable;
using System.Text.Json;

namespace BtcAgent.Research.Optimization.Spaces;

/// <summary>One of some names that have no order.</summary>
public sealed class ChoiceParameter : SearchParameter
{
    /// <param name="name">A letter, then letters, digits, '-', '_' or '.'; at most 64 characters.</param>
    /// <param name="values">One or more distinct names.</param>
    /// <param name="condition">Where the parameter is active; null for everywhere.</param>
    /// <exception cref="ArgumentException">A name or values as above.</exception>
    public ChoiceParameter(string name, IEnumerable<string> values, ParameterCondition? condition = null)
        : base(name, condition)
    {
        Values = [.. values];
        if (Values.IsEmpty || Values.Any(string.IsNullOrEmpty) || Values.Distinct(StringComparer.Ordinal).Count() != Values.Length)
        {
            throw new ArgumentException($"'{name}': values must be one or more distinct names, not [{string.Join(", ", Values)}]");
        }
    }

    public ImmutableArray<string> Values { get; }

    public override ParameterKind Kind => ParameterKind.Choice;

    public override bool Contains(ParameterValue value) => value.Kind == ParameterKind.Choice && IndexOf(value) >= 0;

    /// <summary>Place of a value in the declared order; −1 if it is another name.</summary>
    public int IndexOf(ParameterValue value) => Values.IndexOf(value.Choice, 0, Values.Length, StringComparer.Ordinal);

    public override ParameterValue FromUnit(double unit) =>
        new(Values[Math.Clamp((int)Math.Floor(unit * Values.Length), 0, Values.Length - 1)]);

    public override double ToUnit(ParameterValue value) => (IndexOf(value) + 0.5) / Values.Length;

    public override ImmutableArray<ParameterValue> Levels(int count) => [.. Values.Select(value => new ParameterValue(value))];

    internal override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("type", "choice");
        json.WriteStartArray("values");
        foreach (var value in Values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    internal override ParameterValue? Read(JsonElement json) =>
        json.ValueKind == JsonValueKind.String && json.GetString() is { Length: > 0 } value ? new ParameterValue(value) : null;
}
