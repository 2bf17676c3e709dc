namespace BtcAgent.Benchmarks.Sentiment;

/// <summary>
/// The rules that VADER publishes (Hutto and Gilbert 2014), written from the paper: boosters ±0.293 that fade with distance, capitals
/// ±0.733, negation × −0.74 within three words, "but" 0.5 before and 1.5 after, marks, and the sum s / √(s² + 15).
/// </summary>
internal static class VaderRules
{
    private const double Boost = 0.293;
    private const double Capitals = 0.733;
    private const double Negation = -0.74;

    private static readonly HashSet<string> Boosters = Set("absolutely amazingly completely considerably deeply especially exceptionally extremely fully greatly highly hugely incredibly intensely major more most particularly quite really remarkably so substantially thoroughly totally tremendously unbelievably very");
    private static readonly HashSet<string> Dampers = Set("almost barely hardly kinda less little marginally occasionally partly scarcely slightly somewhat");
    private static readonly HashSet<string> Negators = Set("aint aren't arent can't cant cannot couldn't didn't didnt doesn't doesnt don't dont hadn't hasn't haven't isn't isnt mustn't neither never no none nope nor not nothing nowhere shouldn't wasn't weren't without won't wont wouldn't rarely seldom despite");

    /// <returns>The compound score, −1…1.</returns>
    public static double Score(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('.', ',', '!', '?', ':', ';', '"', '(', ')', '-', '*')).ToArray();
        var lower = words.Select(word => word.ToLowerInvariant()).ToArray();
        var capitals = words.Count(IsCapital);
        var mixed = capitals > 0 && capitals < words.Length;
        var values = new double[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            values[i] = Valence(words, lower, i, mixed);
        }

        if (Array.IndexOf(lower, "but") is >= 0 and var but)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] *= i < but ? 0.5 : 1.5;
            }
        }

        var sum = values.Sum();
        var marks = (Math.Min(4, text.Count(c => c == '!')) * 0.292)
            + text.Count(c => c == '?') switch { <= 1 => 0, <= 3 and var count => count * 0.18, _ => 0.96 };
        sum += Math.Sign(sum) * marks;
        return sum / Math.Sqrt((sum * sum) + 15);
    }

    private static double Valence(string[] words, string[] lower, int i, bool mixed)
    {
        if (!GeneralWords.Ratings.TryGetValue(lower[i], out var value))
        {
            return 0;
        }

        value += mixed && IsCapital(words[i]) ? Math.Sign(value) * Capitals : 0;
        for (var distance = 1; distance <= 3 && distance <= i; distance++)
        {
            var before = lower[i - distance];
            if (GeneralWords.Ratings.ContainsKey(before))
            {
                continue;
            }

            var boost = Boosters.Contains(before) ? Boost : Dampers.Contains(before) ? -Boost : 0;
            boost += boost != 0 && mixed && IsCapital(words[i - distance]) ? Capitals : 0;
            value += Math.Sign(value) * boost * (distance switch { 1 => 1, 2 => 0.95, _ => 0.9 });
            value *= Negators.Contains(before) ? Negation : 1;
        }

        return value;
    }

    private static bool IsCapital(string word) => word.Length > 1 && word.Any(char.IsLetter) && !word.Any(char.IsLower);

    private static HashSet<string> Set(string words) => [.. words.Split(' ')];
}
