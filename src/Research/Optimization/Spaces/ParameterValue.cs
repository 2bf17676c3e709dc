using System.Globalization;
using System.Text.Json;

namespace BtcAgent.Research.Optimization.Spaces;

/// <summary>A value of a parameter: a whole number, a finite double or a name.</summary>
public readonly record struct ParameterValue
{
    private readonly long _integer;
    private readonly double _number;
    private readonly string? _choice;

    public ParameterValue(long value)
    {
        Kind = ParameterKind.Integer;
        _integer = value;
    }

    /// <param name="value">Finite; −0 becomes 0, so that equal values have one text.</param>
    /// <exception cref="ArgumentException">Not finite.</exception>
    public ParameterValue(double value)
    {
        Kind = ParameterKind.Number;
        _number = double.IsFinite(value) ? value + 0.0 : throw new ArgumentException($"a parameter must be finite, not {value}");
    }

    public ParameterValue(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        Kind = ParameterKind.Choice;
        _choice = value;
    }

    public ParameterKind Kind { get; }

    /// <exception cref="InvalidOperationException">Another kind.</exception>
    public long Integer => Kind == ParameterKind.Integer ? _integer : throw Other(ParameterKind.Integer);

    /// <summary>The number; a whole number is converted.</summary>
    /// <exception cref="InvalidOperationException">A choice.</exception>
    public double Number => Kind switch
    {
        ParameterKind.Number => _number,
        ParameterKind.Integer => _integer,
        _ => throw Other(ParameterKind.Number),
    };

    /// <exception cref="InvalidOperationException">Another kind.</exception>
    public string Choice => Kind == ParameterKind.Choice ? _choice ?? "" : throw Other(ParameterKind.Choice);

    /// <summary>Invariant text that reads back to the same bits; a choice without quotes.</summary>
    public override string ToString() => Kind switch
    {
        ParameterKind.Integer => _integer.ToString(CultureInfo.InvariantCulture),
        ParameterKind.Number => _number.ToString("R", CultureInfo.InvariantCulture),
        _ => Choice,
    };

    internal void WriteTo(Utf8JsonWriter json)
    {
        switch (Kind)
        {
            case ParameterKind.Integer:
                json.WriteNumberValue(_integer);
                break;
            case ParameterKind.Number:
                json.WriteNumberValue(_number);
                break;
            default:
                json.WriteStringValue(Choice);
                break;
        }
    }

    private InvalidOperationException Other(ParameterKind wanted) => new($"{this} is a value of kind {Kind}, not {wanted}");
}
