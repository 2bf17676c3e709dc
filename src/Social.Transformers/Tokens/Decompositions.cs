using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace BtcAgent.Social.Transformers.Tokens;

/// <summary>
/// Canonical decomposition (NFD) without nonspacing marks. With invariant globalization <see cref="string.Normalize(NormalizationForm)"/> decomposes
/// nothing, and models for lower-case text are trained on text without accents.
/// </summary>
internal static class Decompositions
{
    private const string Resource = "BtcAgent.Social.Transformers.Tokens.decompositions.txt";

    // Hangul syllables, The Unicode Standard 15, section 3.12.
    private const int SyllableFirst = 0xAC00;
    private const int SyllableLast = 0xD7A3;
    private const int LeadFirst = 0x1100;
    private const int VowelFirst = 0x1161;
    private const int TailFirst = 0x11A7;
    private const int VowelCount = 21;
    private const int TailCount = 28;

    private static readonly FrozenDictionary<int, string> Table = Read();

    /// <summary>Appends a character's decomposition; nothing for a nonspacing mark.</summary>
    public static void Append(StringBuilder text, Rune rune)
    {
        if (rune.IsAscii)
        {
            text.Append((char)rune.Value);
        }
        else if (Table.TryGetValue(rune.Value, out var plain))
        {
            text.Append(plain);
        }
        else if (rune.Value is >= SyllableFirst and <= SyllableLast)
        {
            AppendSyllable(text, rune.Value - SyllableFirst);
        }
        else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
        {
            text.Append(rune.ToString());
        }
    }

    private static void AppendSyllable(StringBuilder text, int syllable)
    {
        text.Append((char)(LeadFirst + (syllable / (VowelCount * TailCount)))).Append((char)(VowelFirst + (syllable % (VowelCount * TailCount) / TailCount)));
        if (syllable % TailCount is var tail and > 0)
        {
            text.Append((char)(TailFirst + tail));
        }
    }

    private static FrozenDictionary<int, string> Read()
    {
        using var stream = typeof(Decompositions).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the resource {Resource} is missing");
        using var reader = new StreamReader(stream);
        var table = new Dictionary<int, string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            var codes = line.Split(' ').Select(code => int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
            table.Add(codes[0], string.Concat(codes.Skip(1).Select(char.ConvertFromUtf32)));
        }

        return table.ToFrozenDictionary();
    }
}
