using System.Text.Json.Serialization;

namespace BtcAgent.Domain;

/// <summary>
/// An amount of base asset.
/// Fixed point with 8 decimals in a <see cref="long"/>: unit 1e-8, range 0…92,233,720,368.54775807, default zero.
/// Never negative: parsing or computing a negative or too large value is an error.
/// </summary>
[GenerateSerializer, Immutable, Alias("Quantity")]
[JsonConverter(typeof(QuantityJsonConverter))]
public readonly record struct Quantity : IComparable<Quantity>, IUtf8SpanFormattable
{
    /// <summary>Units in one whole: 100,000,000.</summary>
    public const long UnitsPerWhole = FixedPoint.Scale;

    [Id(0)]
    private readonly long _units;

    private Quantity(long units) => _units = units;

    public static Quantity Zero => default;

    /// <summary>The value in units of 1e-8.</summary>
    public long Units => _units;

    public bool IsZero => _units == 0;

    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public static Quantity FromUnits(long units) =>
        units >= 0 ? new Quantity(units) : throw new ArgumentOutOfRangeException(nameof(units), units, "a quantity is never negative");

    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than 8 decimals.</exception>
    /// <exception cref="OverflowException">Above the range.</exception>
    public static Quantity FromDecimal(decimal value) => FromUnits(FixedPoint.FromDecimal(value));

    public static bool TryParse(ReadOnlySpan<byte> utf8, out Quantity value)
    {
        var parsed = FixedPoint.TryParse(utf8, out var units) && units >= 0;
        value = parsed ? new Quantity(units) : default;
        return parsed;
    }

    public static bool TryParse(ReadOnlySpan<char> text, out Quantity value)
    {
        var parsed = FixedPoint.TryParse(text, out var units) && units >= 0;
        value = parsed ? new Quantity(units) : default;
        return parsed;
    }

    /// <exception cref="FormatException">Not a quantity; the message contains the text.</exception>
    public static Quantity Parse(string text) =>
        TryParse(text.AsSpan(), out var value)
            ? value
            : throw new FormatException($"'{text}' is not a quantity: expected 0…92233720368 with at most 8 decimals");

    public decimal ToDecimal() => (decimal)_units / FixedPoint.Scale;

    /// <summary>The nearest double, for features and statistics only.</summary>
    public double ToDouble() => _units * 1e-8;

    public int CompareTo(Quantity other) => _units.CompareTo(other._units);

    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null) =>
        FixedPoint.TryFormat(_units, utf8Destination, out bytesWritten);

    public override string ToString() => FixedPoint.Format(_units);

    public static bool operator <(Quantity left, Quantity right) => left._units < right._units;

    public static bool operator >(Quantity left, Quantity right) => left._units > right._units;

    public static bool operator <=(Quantity left, Quantity right) => left._units <= right._units;

    public static bool operator >=(Quantity left, Quantity right) => left._units >= right._units;

    /// <exception cref="OverflowException">Above the range.</exception>
    public static Quantity operator +(Quantity left, Quantity right) => new(checked(left._units + right._units));

    /// <exception cref="OverflowException">The result would be negative.</exception>
    public static Quantity operator -(Quantity left, Quantity right) =>
        left._units >= right._units ? new(left._units - right._units) : throw new OverflowException($"{left} - {right} is negative");

    /// <summary>Largest multiple of <paramref name="lot"/> not above this quantity.</summary>
    public Quantity RoundDownToLot(Quantity lot) => new(_units - (_units % lot._units));

    public static Quantity Min(Quantity left, Quantity right) => left <= right ? left : right;

    /// <summary>Rounds a positive decimal down to 1e-8; negative amounts become zero.</summary>
    public static Quantity RoundDown(decimal value) =>
        value <= 0 ? Zero : new(decimal.ToInt64(decimal.Truncate(value * FixedPoint.Scale)));
}
