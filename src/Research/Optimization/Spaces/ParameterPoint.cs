using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace BtcAgent.Research.Optimization.Spaces;

/// <summary>
/// Values of the active parameters of a <see cref="SearchSpace"/>. Two points are equal when their values are; the text is JSON
/// with the names in ordinal order and doubles that read back to the same bits.
/// </summary>
public sealed class ParameterPoint : IEquatable<ParameterPoint>
{
    private readonly ImmutableSortedDictionary<string, ParameterValue> _values;
    private string? _text;

    public ParameterPoint(params IEnumerable<KeyValuePair<string, ParameterValue>> values)
        : this(values.ToImmutableSortedDictionary(StringComparer.Ordinal))
    {
    }

    private ParameterPoint(ImmutableSortedDictionary<string, ParameterValue> values) => _values = values;

    /// <summary>The point without parameters.</summary>
    public static ParameterPoint Empty { get; } = new(ImmutableSortedDictionary.Create<string, ParameterValue>(StringComparer.Ordinal));

    /// <summary>Names and values, by name in ordinal order.</summary>
    public IReadOnlyDictionary<string, ParameterValue> Values => _values;

    /// <exception cref="KeyNotFoundException">The parameter is inactive or unknown.</exception>
    public ParameterValue this[string name] => _values.TryGetValue(name, out var value)
        ? value
        : throw new KeyNotFoundException($"the point {this} has no '{name}': inactive here, or not in the space");

    /// <exception cref="KeyNotFoundException">The parameter is inactive or unknown.</exception>
    /// <exception cref="InvalidOperationException">It is a choice.</exception>
    public double Number(string name) => this[name].Number;

    /// <exception cref="KeyNotFoundException">The parameter is inactive or unknown.</exception>
    /// <exception cref="InvalidOperationException">It is another kind.</exception>
    public long Integer(string name) => this[name].Integer;

    /// <exception cref="KeyNotFoundException">The parameter is inactive or unknown.</exception>
    /// <exception cref="InvalidOperationException">It is another kind.</exception>
    public string Choice(string name) => this[name].Choice;

    /// <returns>False if the parameter is inactive or unknown.</returns>
    public bool TryGet(string name, out ParameterValue value) => _values.TryGetValue(name, out value);

    /// <summary>A point with one more value, or another one of the name.</summary>
    public ParameterPoint With(string name, ParameterValue value) => new(_values.SetItem(name, value));

    public bool Equals([NotNullWhen(true)] ParameterPoint? other) =>
        other is not null && string.Equals(ToString(), other.ToString(), StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as ParameterPoint);

    public override int GetHashCode() => string.GetHashCode(ToString(), StringComparison.Ordinal);

    /// <summary>Canonical JSON, such as <c>{"leaves":31,"rate":0.05}</c>.</summary>
    public override string ToString() => _text ??= Write();

    internal void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (name, value) in _values)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private string Write()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            WriteTo(json);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
