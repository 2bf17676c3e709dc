using BtcAgent.Social.Text;

namespace BtcAgent.Social.Authors;

/// <summary>
/// The share of each author's last texts that are not near copies of earlier posts. Memory is fixed at construction, 17 bytes an author;
/// authors are kept as hashes of their ids in sets of <see cref="Ways"/>, and a new author replaces the one of its set that has not written for
/// longest. An author who was replaced begins again as unknown.
/// </summary>
public sealed class UniqueTexts
{
    /// <summary>Texts of one author that count, the newest.</summary>
    public const int TextsMax = 64;

    /// <summary>Texts from which on the share is known.</summary>
    public const int TextsMin = 5;

    /// <summary>Authors of one set.</summary>
    public const int Ways = 8;

    /// <summary>Within a set the author who wrote last is first; 0 is none.</summary>
    private readonly ulong[] _authors;

    /// <summary>A bit for each text, the newest lowest; 1 is unique.</summary>
    private readonly ulong[] _unique;
    private readonly byte[] _counts;

    /// <param name="capacity">Authors that are kept, a multiple of <see cref="Ways"/>. Default 32,768.</param>
    public UniqueTexts(int capacity = 32_768)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, Ways);
        ArgumentOutOfRangeException.ThrowIfNotEqual(capacity % Ways, 0, nameof(capacity));
        (_authors, _unique, _counts) = (new ulong[capacity], new ulong[capacity], new byte[capacity]);
    }

    /// <returns>0…1; null with fewer than <see cref="TextsMin"/> texts.</returns>
    /// <param name="author">The author's id at its source.</param>
    public double? ShareOf(string author)
    {
        var key = WordHash.Of(author);
        var set = Set(key);
        var way = _authors.AsSpan(set, Ways).IndexOf(key);
        return way >= 0 && _counts[set + way] is >= TextsMin and var count ? (double)ulong.PopCount(_unique[set + way]) / count : null;
    }

    /// <summary>Adds a text of an author.</summary>
    public void Add(string author, bool isUnique)
    {
        var key = WordHash.Of(author);
        var set = Set(key);
        var way = _authors.AsSpan(set, Ways).IndexOf(key);
        var (unique, count) = way >= 0 ? (_unique[set + way], _counts[set + way]) : (0UL, (byte)0);
        for (var i = set + (way >= 0 ? way : Ways - 1); i > set; i--)
        {
            (_authors[i], _unique[i], _counts[i]) = (_authors[i - 1], _unique[i - 1], _counts[i - 1]);
        }

        (_authors[set], _unique[set], _counts[set]) = (key, (unique << 1) | (isUnique ? 1UL : 0), (byte)Math.Min(TextsMax, count + 1));
    }

    private int Set(ulong key) => (int)(key % (ulong)(_authors.Length / Ways)) * Ways;
}
