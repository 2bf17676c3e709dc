using System.Globalization;
using System.Text.Json;
using BtcAgent.Social.Authors;

namespace BtcAgent.Social.X.Api;

/// <summary>Reads posts of X's JSON. What is not as documented is a null, never an exception.</summary>
internal static class XPostJson
{
    /// <summary>Fields that every request for posts names.</summary>
    public const string Fields =
        "expansions=author_id&user.fields=created_at,public_metrics"
        + "&tweet.fields=author_id,created_at,edit_history_tweet_ids,lang,note_tweet,public_metrics,withheld";

    /// <summary>A line of the stream: one post with its author and rules; null when it has no post.</summary>
    public static XPost? ReadLine(JsonElement root, Timestamp now) =>
        Get(root, "data") is { ValueKind: JsonValueKind.Object } data ? Read(data, Users(root), Rules(root), now) : null;

    /// <summary>The posts of an answer; a post that cannot be read is a null.</summary>
    public static IEnumerable<XPost?> ReadAll(JsonElement root, Timestamp now)
    {
        if (Get(root, "data") is not { ValueKind: JsonValueKind.Array } data)
        {
            yield break;
        }

        var users = Users(root);
        foreach (var post in data.EnumerateArray())
        {
            yield return Read(post, users, null, now);
        }
    }

    /// <summary>A member; null without it, or if a name beside it cannot be read.</summary>
    public static JsonElement? Get(JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            return null; // Half of a surrogate pair in a name.
        }
    }

    /// <summary>A text; null if it is none, or not Unicode: half of a surrogate pair, or bytes that are not UTF-8.</summary>
    public static string? Text(JsonElement? element)
    {
        try
        {
            return element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static XPost? Read(JsonElement data, Dictionary<string, JsonElement> users, IReadOnlyList<string>? rules, Timestamp now)
    {
        if (Id(Get(data, "id")) is not { } id || (LongText(data) ?? Text(Get(data, "text"))) is not { } text)
        {
            return null;
        }

        var created = Time(Get(data, "created_at"));
        return new XPost(
            id, text, Author(data, users, now), created.IsKnown ? created : Snowflake.TimeOf(id), Text(Get(data, "lang")),
            Get(data, "edit_history_tweet_ids") is { ValueKind: JsonValueKind.Array } history
                ? [.. history.EnumerateArray().Select(version => Id(version)).OfType<long>()]
                : [],
            Get(data, "withheld") is { ValueKind: JsonValueKind.Object }, rules);
    }

    private static string? LongText(JsonElement data) => Get(data, "note_tweet") is { } note ? Text(Get(note, "text")) : null;

    private static AuthorFacts Author(JsonElement data, Dictionary<string, JsonElement> users, Timestamp now)
    {
        if (Text(Get(data, "author_id")) is not { } id)
        {
            return new AuthorFacts(null, null, null, null);
        }

        var (followers, age, posts) = ((double?)null, (double?)null, (double?)null);
        if (users.TryGetValue(id, out var user))
        {
            var metrics = Get(user, "public_metrics");
            followers = metrics is { } known ? Number(Get(known, "followers_count")) : null;
            if (Time(Get(user, "created_at")) is { IsKnown: true } since && now > since)
            {
                age = (now - since).TotalDays;
                posts = metrics is { } some && Number(Get(some, "tweet_count")) is { } count ? count / Math.Max(1, age.Value) : null;
            }
        }

        return new AuthorFacts(followers, age, posts, null) { Id = $"x:{id}" };
    }

    private static Dictionary<string, JsonElement> Users(JsonElement root)
    {
        var users = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (Get(root, "includes") is { } includes && Get(includes, "users") is { ValueKind: JsonValueKind.Array } list)
        {
            foreach (var user in list.EnumerateArray())
            {
                if (Text(Get(user, "id")) is { } id)
                {
                    users[id] = user;
                }
            }
        }

        return users;
    }

    private static List<string>? Rules(JsonElement root) => Get(root, "matching_rules") is { ValueKind: JsonValueKind.Array } rules
        ? [.. rules.EnumerateArray().Select(rule => Text(Get(rule, "id"))).OfType<string>()]
        : null;

    private static long? Id(JsonElement? element) =>
        long.TryParse(Text(element), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;

    private static double? Number(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) && double.IsFinite(value) ? value : null;

    private static Timestamp Time(JsonElement? element) =>
        Text(element) is not null && element!.Value.TryGetDateTimeOffset(out var time) && time.Year is >= 1970 and < 2262
            ? Timestamp.FromDateTimeOffset(time)
            : Timestamp.Unknown;
}
