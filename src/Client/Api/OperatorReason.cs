using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace BtcAgent.Client.Api;

/// <summary>
/// Checks the reason of an operator's command: 3…200 characters, stored with the command. Characters that control a terminal or
/// the direction of text become spaces: a halt must not fail because of a line break, and a reason must not forge a log line.
/// </summary>
internal static class OperatorReason
{
    private const int LengthMin = 3;
    private const int LengthMax = 200;

    /// <summary>Returns null when <paramref name="given"/> is valid.</summary>
    public static IResult? Check(string? given, out string reason, string field = "reason")
    {
        reason = string.Concat((given ?? "").Select(c => Controls(c) ? ' ' : c)).Trim();
        return reason.Length is >= LengthMin and <= LengthMax
            ? null
            : KnownNames.BadRequest($"{field} needs {LengthMin}…{LengthMax} characters: it is stored with the command", field);
    }

    private static bool Controls(char character) => CharUnicodeInfo.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>Returns the name of the operator.</summary>
    public static string OperatorName(this HttpContext context) => context.User.Identity?.Name ?? "operator";
}
