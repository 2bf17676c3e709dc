using System.Globalization;
using BtcAgent.History.Files;
using DuckDB.NET.Data;

namespace BtcAgent.History.Imports;

/// <summary>The values of the row that a reader is at: time, its text, the instrument, then the values of the kind.</summary>
internal sealed class ParquetValues(string path, DuckDBDataReader reader)
{
    public const int Instrument = 2;

    /// <summary>Index of the first value of the kind.</summary>
    public const int First = 3;

    private const int Decimals = 8;
    private const decimal Most = 9e10m;

    /// <summary>Number of the row, from 1.</summary>
    public long Row { get; set; }

    public string? Text(int index) => reader.IsDBNull(index) ? null : reader.GetString(index);

    public Timestamp Time() => reader.IsDBNull(0)
        ? throw Wrong($"time '{Text(1)}' is not a time of the years 2009 to 2200")
        : new Timestamp(reader.GetInt64(0));

    /// <summary>Null where the file has none.</summary>
    public Timestamp? ReceiveTime(int index) => WholeOrNull(index) is { } nanoseconds ? new Timestamp(nanoseconds) : null;

    public long? WholeOrNull(int index) => reader.IsDBNull(First + index) ? null : reader.GetInt64(First + index);

    public long Whole(int index, string name, long least = 0) => WholeOrNull(index) is { } value && value >= least
        ? value
        : throw Wrong(FormattableString.Invariant($"{name} is {(WholeOrNull(index) is { } wrong ? wrong : "not a whole number")}: {least} or more is needed"));

    public Price Price(int index, string name, bool mayBeZero = false) => Number(index) is { } value && value >= 0 && (mayBeZero || value > 0) && IsExact(value)
        ? Domain.Price.FromDecimal(value)
        : throw Wrong($"{name} '{Text(First + index)}' is not a price above 0 with at most {Decimals} decimals");

    public Quantity Quantity(int index, string name, bool roundsDown = false) =>
        Number(index) is { } value && value is >= 0 and < Most && (roundsDown || IsExact(value))
            ? Domain.Quantity.RoundDown(value)
            : throw Wrong($"{name} '{Text(First + index)}' is not a quantity with at most {Decimals} decimals");

    /// <summary>An amount; null where there is none.</summary>
    public decimal? Amount(int index, string name) => Text(First + index) is not { } text ? null
        : Number(index) ?? throw Wrong($"{name} '{text}' is not a number");

    /// <summary>The side that took liquidity, by its name or by whether the buyer was the maker.</summary>
    public Side Aggressor(int side, int maker) => (Text(First + side)?.ToUpperInvariant(), Text(First + maker)?.ToUpperInvariant()) switch
    {
        ("BUY" or "B" or "BUYER", _) => Side.Buy,
        ("SELL" or "S" or "SELLER", _) => Side.Sell,
        (null or "", "TRUE" or "1") => Side.Sell,
        (null or "", "FALSE" or "0") => Side.Buy,
        (null or "", null) => default,
        var (other, flag) => throw Wrong($"the side '{other ?? flag}' is neither BUY nor SELL"),
    };

    public HistoryException Wrong(string problem) => new(FormattableString.Invariant($"{path}, row {Row}: {problem}"));

    private decimal? Number(int index) =>
        decimal.TryParse(Text(First + index), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static bool IsExact(decimal value) => value < Most && decimal.Round(value, Decimals) == value;
}
