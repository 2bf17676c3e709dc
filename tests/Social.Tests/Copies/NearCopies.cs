namespace BtcAgent.Social.Tests.Copies;

/// <summary>Synthetic posts and copies of them, from a seed.</summary>
internal sealed class NearCopies(int seed)
{
    private static readonly string[] Syllables = ["ba", "co", "di", "fu", "ga", "he", "jo", "ki", "lu", "ma", "ne", "po", "qui", "ra", "so", "ti", "vu", "wa", "xe", "zo"];

    private readonly Random _random = new(seed);

    /// <param name="words">Number of words.</param>
    public string[] Post(int words) => [.. Enumerable.Range(0, words).Select(_ => Word())];

    /// <summary>The same words with another link, mention, case, emoji, marks, amount and invisible characters.</summary>
    public string Cosmetic(string[] post)
    {
        var words = post.Select(word => _random.Next(6) switch
        {
            0 => word.ToUpperInvariant(),
            1 => $"{word[..1]}\u200B{word[1..]}",
            2 => $"{word},",
            3 => $"{word} 🚀",
            _ => word,
        });
        return $"@user{_random.Next(1000)} {string.Join(' ', words)} ! $BTC https://t.co/{_random.Next()}";
    }

    /// <summary>Words replaced, removed or added, each at any place.</summary>
    public string Changed(string[] post, int changes)
    {
        var words = post.ToList();
        for (var i = 0; i < changes; i++)
        {
            var at = _random.Next(words.Count);
            switch (_random.Next(3))
            {
                case 0:
                    words[at] = Word();
                    break;
                case 1:
                    words.RemoveAt(at);
                    break;
                default:
                    words.Insert(at, Word());
                    break;
            }
        }

        return string.Join(' ', words);
    }

    /// <summary>Words replaced by others, each at another place.</summary>
    public string Replaced(string[] post, int changes)
    {
        var words = post.ToArray();
        foreach (var at in Enumerable.Range(0, words.Length).OrderBy(_ => _random.Next()).Take(changes).ToList())
        {
            words[at] = Word();
        }

        return string.Join(' ', words);
    }

    private string Word() => string.Concat(Enumerable.Range(0, 2 + _random.Next(2)).Select(_ => Syllables[_random.Next(Syllables.Length)]));
}
