using System.Globalization;
using System.Text;

namespace BtcAgent.Social.Text;

/// <summary>
/// One character at a time: compatibility forms to plain ones, Latin letters without accents. With invariant globalization, as
/// here, <see cref="string.Normalize()"/> does not do it. Source: the compatibility decompositions of the Unicode Standard.
/// </summary>
internal static class Characters
{
    /// <summary>Letters U+00C0…U+017F without accents, in lower case; a space: not changed.</summary>
    private const string Accented =
        "aaaaaaaceeeeiiiidnooooo ouuuuy  aaaaaaaceeeeiiiidnooooo ouuuuy yaaaaaaccccccccddddeeeeeeeeeegggg"
        + "gggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnn nnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    private const string CyrillicOrGreek = "авсԁеһіјкӏмнорԛѕтуѵԝхαβεικνορτυχ";

    /// <summary>The Latin letters that <see cref="CyrillicOrGreek"/> look like, as capitals or small letters.</summary>
    private const string Latin = "abcdehijklmhopqstyvwxabeikvoptyx";

    /// <summary>True for a mark that is drawn on the letter before it, such as an accent.</summary>
    public static bool IsCombining(int rune) => rune is (>= 0x0300 and <= 0x036F) or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF);

    /// <summary>True for characters that show nothing: zero-width ones, marks of direction, soft hyphens, selectors, tags, control characters.</summary>
    public static bool IsInvisible(int rune) => rune is < 0x20 and not (0x09 or 0x0A or 0x0D)
        or (>= 0x7F and <= 0x9F) or 0xAD or 0x034F or 0x061C or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180E) or (>= 0x200B and <= 0x200F)
        or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or 0xFFA0
        or (>= 0xFFF9 and <= 0xFFFB) or (>= 0xE0000 and <= 0xE0FFF);

    /// <summary>True for a picture character or the sign of bitcoin; colours of skin are not counted.</summary>
    public static bool IsEmoji(int rune) => rune is (>= 0x1F000 and <= 0x1F0FF) or (>= 0x1F1E6 and <= 0x1F3FA) or (>= 0x1F400 and <= 0x1FAFF) or (>= 0x2600 and <= 0x27BF)
        or (>= 0x2B00 and <= 0x2BFF) or (>= 0x2190 and <= 0x21FF) or (>= 0x2300 and <= 0x23FF) or (>= 0x25A0 and <= 0x25FF) or 0x20BF;

    /// <summary>True for scripts that are written without spaces (Han, Kana, Thai, Lao, Khmer): each character is a word.</summary>
    public static bool IsUnspaced(int rune) => rune is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1780 and <= 0x17FF) or (>= 0x3040 and <= 0x30FF)
        or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF66 and <= 0xFF9F) or (>= 0x20000 and <= 0x3FFFF);

    /// <summary>True for a colour of skin, which follows an emoji.</summary>
    public static bool IsSkin(int rune) => rune is >= 0x1F3FB and <= 0x1F3FF;

    /// <summary>The plain character of a compatibility form, such as a full-width, mathematical or circled one; others are unchanged.</summary>
    public static int Plain(int rune) => rune switch
    {
        0xA0 or (>= 0x2000 and <= 0x200A) or 0x2028 or 0x2029 or 0x202F or 0x205F or 0x3000 or 0x85 => ' ',
        0x2018 or 0x2019 or 0x201B or 0x02BC or 0xFF07 => '\'',
        0x2010 or 0x2011 or 0x2012 or 0x2212 or 0xFE63 => '-',
        0x2013 or 0x2014 or 0x2015 or 0x3001 or 0xFF64 => ',',
        0x2026 or 0x3002 or 0xFF61 => '.',
        >= 0xFF01 and <= 0xFF5E => rune - 0xFF01 + '!',
        >= 0x24B6 and <= 0x24CF => rune - 0x24B6 + 'A',
        >= 0x24D0 and <= 0x24E9 => rune - 0x24D0 + 'a',
        >= 0x2460 and <= 0x2468 => rune - 0x2460 + '1',
        >= 0x1F130 and <= 0x1F149 => rune - 0x1F130 + 'A',
        >= 0x1F150 and <= 0x1F169 => rune - 0x1F150 + 'A',
        >= 0x1F170 and <= 0x1F189 => rune - 0x1F170 + 'A',
        >= 0x1D400 and <= 0x1D6A3 => Alphabet((rune - 0x1D400) % 52),
        >= 0x1D7CE and <= 0x1D7FF => '0' + ((rune - 0x1D7CE) % 10),
        _ => rune,
    };

    /// <summary>In lower case; Latin letters up to U+017F without accents. ß, þ and ligatures are unchanged or become their first letter.</summary>
    public static int Folded(int rune)
    {
        if (rune < 0x80)
        {
            return rune is >= 'A' and <= 'Z' ? rune | 0x20 : rune;
        }

        if (rune is >= 0xC0 and <= 0x17F && Accented[rune - 0xC0] is var plain and not ' ')
        {
            return plain;
        }

        return Rune.IsValid(rune) ? Rune.ToLowerInvariant(new Rune(rune)).Value : rune;
    }

    /// <summary>The Latin letter that a small Cyrillic or Greek one looks like; 0 for others.</summary>
    public static char LookAlike(int folded) => folded is >= 0x370 and < 0x530 && CyrillicOrGreek.IndexOf((char)folded) is >= 0 and var at ? Latin[at] : '\0';

    public static bool IsLetter(int rune) => rune < 0x80
        ? (rune | 0x20) is >= 'a' and <= 'z'
        : CharUnicodeInfo.GetUnicodeCategory(rune) is <= UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    public static bool IsDigit(int rune) => rune is >= '0' and <= '9';

    private static int Alphabet(int place) => place < 26 ? 'A' + place : 'a' + place - 26;
}
