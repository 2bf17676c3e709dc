using System.Text;
using BtcAgent.Exchanges.Simulator.Flow;

namespace BtcAgent.Exchanges.Simulator.Posts;

/// <summary>Typing errors in Latin words: two letters swapped, one left out or one doubled.</summary>
internal static class Typos
{
    public static string In(SeededRandom random, string text, double share)
    {
        var words = text.Split(' ');
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i].Length > 3 && words[i].All(char.IsAsciiLetter) && random.Chance(share))
            {
                words[i] = Wrong(random, words[i]);
            }
        }

        return string.Join(' ', words);
    }

    private static string Wrong(SeededRandom random, string word)
    {
        var at = 1 + random.Below(word.Length - 2);
        var wrong = new StringBuilder(word);
        switch (random.Below(3))
        {
            case 0:
                (wrong[at], wrong[at + 1]) = (wrong[at + 1], wrong[at]);
                break;
            case 1:
                wrong.Remove(at, 1);
                break;
            default:
                wrong.Insert(at, word[at]);
                break;
        }

        return wrong.ToString();
    }
}
