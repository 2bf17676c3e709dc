using System.Text.Json.Serialization;

namespace BtcAgent.Domain;

/// <summary>
/// An amount of quote asset for one unit of base asset.
/// Fixed point with 8 decimals in a <see cref="long"/>: unit 1e-8, range 0…92,233,720,368.54775807, default zero.
/// Never negative: parsing or computing a negative or too large value is an error.
/// </summary>
[GenerateSerializer, Immutable, Alias("Price")]
[JsonConverter(typeof(PriceJsonConverter))]
public readonly record struct Price : IComparable<Price>, IUtf8SpanFormattable
{
    /// <summary>Units in one whole: 100,000,000.</summary>
    public const long UnitsPerWhole = FixedPoint.Scale;

    [Id(0)]
    private readonly long _units;

    private Price(long units) => _units = units;

    public static Price Zero => default;

    /// <summary>The value in units of 1e-8.</summary>
    public long Units => _units;

    public bool IsZero => _units == 0;

    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public static Price FromUnits(long units) =>
        units >= 0 ? new Price(units) : throw new ArgumentOutOfRangeException(nameof(units), units, "a price is never negative");

    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than 8 decimals.</exception>
    /// <exception cref="OverflowException">Above the range.</exception>
    public static Price FromDecimal(decimal value) => FromUnits(FixedPoint.FromDecimal(value));

    public static bool TryParse(ReadOnlySpan<byte> utf8, out Price value)
    {
        var parsed = FixedPoint.TryParse(utf8, out var units) && units >= 0;
        value = parsed ? new Price(units) : default;
        return parsed;
    }

    public static bool TryParse(ReadOnlySpan<char> text, out Price value)
    {
        var parsed = FixedPoint.TryParse(text, out var units) && units >= 0;
        value = parsed ? new Price(units) : default;
        return parsed;
    }

    /// <exception cref="FormatException">Not a price; the message contains the text.</exception>
    public static Price Parse(string text) =>
        TryParse(text.AsSpan(), out var value)
            ? value
            : throw new FormatException($"'{text}' is not a price: expected 0…92233720368 with at most 8 decimals");

    public decimal ToDecimal() => (decimal)_units / FixedPoint.Scale;

    /// <summary>The nearest double, for features and statistics only.</summary>
    public double ToDouble() => _units * 1e-8;

    public int CompareTo(Price other) => _units.CompareTo(other._units);

    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null) =>
        FixedPoint.TryFormat(_units, utf8Destination, out bytesWritten);

    public override string ToString() => FixedPoint.Format(_units);

    public static bool operator <(Price left, Price right) => left._units < right._units;

    public static bool operator >(Price left, Price right) => left._units > right._units;

    public static bool operator <=(Price left, Price right) => left._units <= right._units;

    public static bool operator >=(Price left, Price right) => left._units >= right._units;

    /// <exception cref="OverflowException">Above the range.</exception>
    public static Price operator +(Price left, Price right) => new(checked(left._units + right._units));

    /// <exception cref="OverflowException">The result would be negative.</exception>
    public static Price operator -(Price left, Price right) =>
        left._units >= right._units ? new(left._units - right._units) : throw new OverflowException($"{left} - {right} is negative");

    /// <summary>Exact notional in the quote asset.</summary>
    public decimal Times(Quantity quantity) => ToDecimal() * quantity.ToDecimal();

    /// <summary>Largest multiple of <paramref name="tick"/> not above this price.</summary>
    public Price RoundDownToTick(Price tick) => new(_units - (_units % tick._units));

    /// <summary>Smallest multiple of <paramref name="tick"/> not below this price.</summary>
    public Price RoundUpToTick(Price tick) =>
        _units % tick._units == 0 ? this : new(checked(_units - (_units % tick._units) + tick._units));
}
