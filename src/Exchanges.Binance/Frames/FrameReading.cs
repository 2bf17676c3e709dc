using System.Buffers.Text;

namespace BtcAgent.Exchanges.Binance.Frames;

/// <summary>
/// Reads the fields of one frame and keeps the first problem. The text of a problem is built only when there is one.
/// </summary>
internal ref struct FrameReading(ReadOnlySpan<byte> frame)
{
    public readonly ReadOnlySpan<byte> Frame = frame;

    public Timestamp ReceiveTime;
    public long Sequence;

    /// <summary>
    /// The first problem, such as <c>'p' "1.123456789" has more than 8 decimals</c>; null if none so far.
    /// </summary>
    public string? Problem;

    public ReadOnlySpan<byte> Symbol(ReadOnlySpan<byte> raw)
    {
        var text = Unquoted(raw);
        if (text.IsEmpty)
        {
            Problem ??= Describe("s", raw, "is not a symbol");
        }

        return text;
    }

    public long Integer(string name, ReadOnlySpan<byte> raw)
    {
        if (Utf8Parser.TryParse(raw, out long value, out var used) && used == raw.Length && value >= 0)
        {
            return value;
        }

        Problem ??= Describe(name, raw, "is not a whole number from 0");
        return 0;
    }

    public bool Boolean(string name, ReadOnlySpan<byte> raw)
    {
        var isTrue = raw.SequenceEqual("true"u8);
        if (!isTrue && !raw.SequenceEqual("false"u8))
        {
            Problem ??= Describe(name, raw, "is neither true nor false");
        }

        return isTrue;
    }

    public Timestamp Time(string name, ReadOnlySpan<byte> raw)
    {
        if (!VenueTime.TryRead(Integer(name, raw), out var time))
        {
            Problem ??= Describe(name, raw, "is not a time in ms or µs since 1970");
        }

        return time;
    }

    /// <summary>Units of 1e-8; zero is allowed.</summary>
    public long Decimal(string name, ReadOnlySpan<byte> raw)
    {
        var text = Unquoted(raw);
        if (Quantity.TryParse(text, out var value))
        {
            return value.Units;
        }

        Problem ??= Describe(name, raw, WhyNotDecimal(text));
        return 0;
    }

    public long Positive(string name, ReadOnlySpan<byte> raw)
    {
        var units = Decimal(name, raw);
        if (units == 0)
        {
            Problem ??= Describe(name, raw, "must be above zero");
        }

        return units;
    }

    /// <summary>Adds <c>[["price","quantity"],…]</c> to the buffer and returns how many; ignores further members.</summary>
    public int Levels(string name, ReadOnlySpan<byte> raw, LevelBuffer buffer)
    {
        if (Problem is not null)
        {
            return 0;
        }

        var cursor = new JsonCursor(raw);
        var before = buffer.Count;
        if (!cursor.Skip((byte)'['))
        {
            Problem = Describe(name, raw, "is not a list of levels");
            return 0;
        }

        if (cursor.Skip((byte)']'))
        {
            return 0;
        }

        do
        {
            if (!cursor.Skip((byte)'[') || !cursor.ReadValue(out var price) || !cursor.Skip((byte)',')
                || !cursor.ReadValue(out var quantity))
            {
                Problem = Describe(name, raw, "holds a level that is not [\"price\",\"quantity\"]");
                return 0;
            }

            Add(name, price, quantity, buffer);
            while (cursor.Skip((byte)',') && cursor.ReadValue(out _))
            {
                continue;
            }
        }
        while (Problem is null && cursor.Skip((byte)']') && cursor.Skip((byte)','));

        if (Problem is null && (!cursor.Skip((byte)']') || !cursor.AtEnd()))
        {
            Problem = Describe(name, raw, "is not a list of levels");
        }

        return buffer.Count - before;
    }

    private void Add(string name, ReadOnlySpan<byte> price, ReadOnlySpan<byte> quantity, LevelBuffer buffer)
    {
        var priceUnits = Positive(name, price);
        var quantityUnits = Decimal(name, quantity);
        if (Problem is null && !buffer.TryAdd(Price.FromUnits(priceUnits), Quantity.FromUnits(quantityUnits)))
        {
            Problem = $"more than {BinanceFrameParser.LevelsMax} levels";
        }
    }

    private static ReadOnlySpan<byte> Unquoted(ReadOnlySpan<byte> raw) =>
        raw.Length >= 2 && raw[0] == (byte)'"' ? raw[1..^1] : default;

    private static string WhyNotDecimal(ReadOnlySpan<byte> text)
    {
        if (text.Length > 1 && text[0] == (byte)'-')
        {
            return "is negative";
        }

        if (text.IsEmpty || text.ContainsAnyExcept("0123456789."u8) || text.Count((byte)'.') > 1)
        {
            return "is not a decimal number in quotes";
        }

        var point = text.IndexOf((byte)'.');
        return point >= 0 && text.Length - point - 1 > 8
            ? "has more than 8 decimals"
            : "is not a decimal number below 92233720368";
    }

    private static string Describe(string name, ReadOnlySpan<byte> raw, string problem) =>
        raw.IsEmpty ? $"'{name}' is missing" : $"'{name}' {FrameExcerpt.Of(raw)} {problem}";
}
