using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using BtcAgent.Domain.Social;

namespace BtcAgent.Client.Api;

/// <summary>A post that a person or program gives to the agent.</summary>
/// <param name="Source">Name of the source: lower-case letters, digits, dots and dashes, at most 32; not <c>x</c>, <c>simulated</c> or <c>offered</c>.</param>
/// <param name="Id">Id at the source, unique there, at most 128 characters: the same source and id count once.</param>
/// <param name="Text">The text, 1…4,000 characters.</param>
/// <param name="CreatedAt">When it was written, in UTC where it has no zone; null when it is not known. The post counts from its receipt on.</param>
/// <param name="Language">Its language by the source, such as <c>en</c>; null when it is not known.</param>
/// <param name="Author">The author; null when nothing is known.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed partial record PostToOffer(
    string Source, string Id, string Text, [property: JsonConverter(typeof(UtcTimeConverter))] DateTimeOffset? CreatedAt = null, string? Language = null, PostAuthor? Author = null)
{
    private const int IdMax = 128;
    private const int TextMax = 4_000;
    private const int YearMin = 2006;

    private static readonly string[] Reserved = ["x", "simulated", "offered"];

    /// <summary>How far a source's clock may be ahead.</summary>
    private static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(10);

    /// <summary>Without text and author, so that neither reaches a log.</summary>
    public override string ToString() => $"post {Source}:{Id}";

    /// <returns>The field that is wrong, and how; null when all are right.</returns>
    internal (string Field, string Detail)? Problem(DateTimeOffset now) =>
        !Sources().IsMatch(Source) ? ("source", "needs 1…32 lower-case letters, digits, dots and dashes, and begins with a letter or digit: name the source, such as desk")
        : Reserved.Contains(Source) ? ("source", $"is '{Source}', a name of the agent's own: choose another, such as desk")
        : IdProblem(Id, IdMax) is { } id ? ("id", id)
        : Text.Length > TextMax ? ("text", string.Create(CultureInfo.InvariantCulture, $"has {Text.Length} characters: send at most {TextMax}"))
        : string.IsNullOrWhiteSpace(Text) ? ("text", "is empty: send the post's text, or leave the post out")
        : CreatedAt is { } created && (created.Year < YearMin || created > now + AheadMax)
            ? ("createdAt", "is before 2006 or more than 10 minutes ahead of the agent's clock: correct it, or leave it out when it is not known")
        : Language is { } language && !Languages().IsMatch(language) ? ("language", "is not a language code, such as en: correct it, or leave it out")
        : Author?.Problem() is { } author ? ($"author.{author.Field}", author.Detail)
        : null;

    internal static string? IdProblem(string id, int max) =>
        id.Length == 0 || id.Length > max ? string.Create(CultureInfo.InvariantCulture, $"has {id.Length} characters: it needs 1…{max}")
        : id.Any(IsUnprintable) ? "has a character that controls a terminal or the direction of text, or half of a surrogate pair: send printable ones"
        : null;

    internal OfferedPost ToPost(Timestamp now) => new()
    {
        Source = Source,
        Id = Id,
        Text = Text,
        CreatedAt = CreatedAt is { } created ? Timestamp.FromDateTimeOffset(created) : Timestamp.Unknown,
        ReceivedAt = now,
        Language = Language,
        Author = Author?.Id is { } author ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Source}:{author}"))) : null,
        Followers = Author?.Followers,
        AgeDays = Author?.AgeDays,
        PostsPerDay = Author?.PostsPerDay,
    };

    private static bool IsUnprintable(char character) => CharUnicodeInfo.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{0,31}\z")]
    private static partial Regex Sources();

    [GeneratedRegex(@"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,2}\z")]
    private static partial Regex Languages();
}
