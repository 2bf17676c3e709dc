using System.Globalization;
using System.Text.Json;
using BtcAgent.Social;
using BtcAgent.Social.Authors;

namespace BtcAgent.Cli.Posts;

/// <summary>
/// Reads a post from a line: a JSON object where it begins with <c>{</c>, otherwise the text itself. An unknown figure of the author is
/// null or left out.
/// </summary>
internal static class PostFormat
{
    private const string TextName = "text";
    private const string TimeName = "receivedAt";
    private const string AuthorName = "author";
    private const int YearMax = 2261;

    private static readonly AuthorFacts Unknown = new(null, null, null, null);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <param name="line">The line, not empty.</param>
    /// <param name="before">Receive time of the post before, for one without a time.</param>
    /// <exception cref="InvalidDataException">The line is not a post; the message gives the reason and the remedy.</exception>
    public static Post Read(string line, Timestamp before)
    {
        if (!line.AsSpan().TrimStart().StartsWith('{'))
        {
            return new Post(line, Unknown, before);
        }

        try
        {
            using var json = JsonDocument.Parse(line, Strict);
            return Read(json.RootElement, before);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"is not JSON at byte {(e.BytePositionInLine ?? 0) + 1}: correct it, leave out figures that are not finite numbers, and write a text that begins with '{{' as {{\"text\": \"…\"}}",
                e);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException("has half of a surrogate pair (\\ud800…\\udfff): write both halves, or the character itself", e);
        }
    }

    private static Post Read(JsonElement post, Timestamp before)
    {
        var (text, author, time) = ((string?)null, Unknown, before);
        foreach (var member in post.EnumerateObject())
        {
            switch (member.Name)
            {
                case TextName:
                    text = TextOf(member.Name, member.Value);
                    break;
                case TimeName when member.Value.ValueKind != JsonValueKind.Null:
                    time = TimeOf(TextOf(member.Name, member.Value));
                    break;
                case AuthorName when member.Value.ValueKind == JsonValueKind.Object:
                    author = AuthorOf(member.Value);
                    break;
                case AuthorName when member.Value.ValueKind != JsonValueKind.Null:
                    throw new InvalidDataException("'author' is not an object: give its figures, such as {\"followers\": 1200}");
                case TimeName or AuthorName:
                    break;
                default:
                    throw new InvalidDataException($"has an unknown member '{member.Name}': a post has {TextName}, {TimeName} and {AuthorName}");
            }
        }

        return new Post(text ?? throw new InvalidDataException("has no 'text': add the post's text"), author, time);
    }

    private static string TextOf(string name, JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw new InvalidDataException($"'{name}' is not a text: put it in quotation marks");

    private static Timestamp TimeOf(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            && time.Year is >= 1970 and <= YearMax
            ? Timestamp.FromDateTimeOffset(time)
            : throw new InvalidDataException($"'{TimeName}' is '{text}', not a time of 1970…{YearMax}: give one such as 2026-11-30T08:00:00Z");

    private static AuthorFacts AuthorOf(JsonElement author)
    {
        var facts = Unknown;
        foreach (var member in author.EnumerateObject())
        {
            facts = member.Name switch
            {
                "id" => facts with { Id = member.Value.ValueKind == JsonValueKind.Null ? null : TextOf("author.id", member.Value) },
                "followers" => facts with { Followers = Figure(member) },
                "ageDays" => facts with { AgeDays = Figure(member) },
                "postsPerDay" => facts with { PostsPerDay = Figure(member) },
                "uniqueShare" => facts with { UniqueShare = Figure(member, 1) },
                _ => throw new InvalidDataException(
                    $"'author' has an unknown member '{member.Name}': it has id, followers, ageDays, postsPerDay and uniqueShare"),
            };
        }

        return facts;
    }

    private static double? Figure(JsonProperty member, double max = double.MaxValue)
    {
        if (member.Value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return member.Value.ValueKind == JsonValueKind.Number && member.Value.GetDouble() is var value && value >= 0 && value <= max
            ? value
            : throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"'author.{member.Name}' is {member.Value.GetRawText()}, not a number {(max < double.MaxValue ? $"0…{max}" : "of 0 or more")}: correct it, or leave it out when it is not known"));
    }
}
