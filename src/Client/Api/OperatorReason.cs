using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace BtcAgent.Client.Api;

/// <summary>
/// Why an operator does something: 3…200 characters, stored with what was done. Characters that control a terminal or the direction
/// of text become spaces: a halt must not fail on a line break, nor its reason forge a line of a log.
/// </summary>
internal static class OperatorReason
{
    private const int LengthMin = 3;
    private const int LengthMax = 200;

    /// <summary>Null when <paramref name="given"/> will do.</summary>
    public static IResult? Check(string? given, out string reason)
    {
        reason = string.Concat((given ?? "").Select(c => Controls(c) ? ' ' : c)).Trim();
        return reason.Length is >= LengthMin and <= LengthMax
            ? null
            : KnownNames.BadRequest($"reason takes {LengthMin}…{LengthMax} characters: say why, it is stored with the command");
    }

    private static bool Controls(char character) => CharUnicodeInfo.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>Who does it.</summary>
    public static string OperatorName(this HttpContext context) => context.User.Identity?.Name ?? "operator";
}
