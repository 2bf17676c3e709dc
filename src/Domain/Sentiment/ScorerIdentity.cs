using System.Globalization;
using System.Text;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Domain.Sentiment;

/// <summary>Which scorer judged the tones of a tally: the provenance of what they did to a decision.</summary>
/// <param name="Id">Name and version, such as <c>lexicon-1</c>; of several in one tally joined by <c>+</c>. Printable ASCII without spaces.</param>
/// <param name="Hash">SHA-256 of what it reads tones from, in lower-case hexadecimal digits; of several joined by <c>+</c> in their order. Id and hash have at most <see cref="LengthMax"/> − 1 characters.</param>
[GenerateSerializer, Immutable, Alias("ScorerIdentity")]
public sealed record ScorerIdentity([property: Id(0)] string Id, [property: Id(1)] string Hash)
{
    /// <summary>Most price levels that <see cref="Write"/> fills.</summary>
    public const int LevelsMax = 17;

    /// <summary>Most characters of id and hash together.</summary>
    public const int LengthMax = (LevelsMax * BytesOfLevel) - 1;

    private const int BytesOfLevel = 2 * BytesOfNumber;
    private const int BytesOfNumber = 7; // The sign of a price stays free.

    /// <summary>Price levels that <see cref="Write"/> fills.</summary>
    internal int LevelCount => (Id.Length + 1 + Hash.Length + BytesOfLevel - 1) / BytesOfLevel;

    /// <summary>Why nobody is named so; null if these can be the names of a scorer.</summary>
    public string? Problem() =>
        Id.Length == 0 || Hash.Length == 0 ? "the scorer has an id and a hash, or neither"
        : Id.Length + Hash.Length + 1 > LengthMax ? string.Create(CultureInfo.InvariantCulture, $"id and hash of the scorer have {Id.Length + Hash.Length} characters, at most {LengthMax - 1} are possible")
        : !Id.All(IsVisible) || !Hash.All(IsVisible) ? "id and hash of the scorer need visible ASCII characters without spaces"
        : null;

    /// <summary>Writes both in the place of price levels: seven characters in each price and quantity.</summary>
    /// <param name="levels">Place for <see cref="LevelCount"/> levels.</param>
    public void Write(Span<PriceLevel> levels)
    {
        Span<byte> bytes = stackalloc byte[LevelsMax * BytesOfLevel];
        bytes.Clear();
        Encoding.ASCII.GetBytes(Id, bytes);
        bytes[Id.Length] = (byte)' ';
        Encoding.ASCII.GetBytes(Hash, bytes[(Id.Length + 1)..]);
        for (var i = 0; i < LevelCount; i++)
        {
            var level = bytes.Slice(i * BytesOfLevel, BytesOfLevel);
            levels[i] = new PriceLevel(Price.FromUnits(Number(level)), Quantity.FromUnits(Number(level[BytesOfNumber..])));
        }
    }

    /// <summary>Reads what was written; null for no levels.</summary>
    /// <exception cref="ArgumentException">The levels have no names of a scorer.</exception>
    public static ScorerIdentity? Read(ReadOnlySpan<PriceLevel> levels)
    {
        if (levels.IsEmpty)
        {
            return null;
        }

        var bytes = new byte[levels.Length * BytesOfLevel];
        for (var i = 0; i < levels.Length; i++)
        {
            Split(levels[i].Price.Units, bytes.AsSpan(i * BytesOfLevel, BytesOfNumber));
            Split(levels[i].Quantity.Units, bytes.AsSpan((i * BytesOfLevel) + BytesOfNumber, BytesOfNumber));
        }

        return Encoding.ASCII.GetString(bytes).TrimEnd('\0').Split(' ') is [var id, var hash] && new ScorerIdentity(id, hash) is var read && read.Problem() is null
            ? read
            : throw new ArgumentException("the levels have no names of a scorer", nameof(levels));
    }

    private static bool IsVisible(char character) => character is > ' ' and <= '~';

    private static long Number(ReadOnlySpan<byte> bytes)
    {
        var number = 0L;
        for (var i = 0; i < BytesOfNumber; i++)
        {
            number |= (long)bytes[i] << (8 * i);
        }

        return number;
    }

    private static void Split(long number, Span<byte> bytes)
    {
        for (var i = 0; i < BytesOfNumber; i++)
        {
            bytes[i] = (byte)(number >> (8 * i));
        }
    }
}
