using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace BtcAgent.Exchanges.Simulator.Social;

/// <summary>Posts in the shape of X API v2, as the requests with all fields get them. Source: X's openapi.json 2.167.</summary>
internal static class XJson
{
    /// <summary>Longer texts come in <c>note_tweet</c>, cut in <c>text</c>.</summary>
    private const int TextMax = 280;

    /// <summary>A line of the stream, without its end.</summary>
    public static byte[] Line(XStoredPost post, IReadOnlyList<XStreamRule> rules) => Write(json =>
    {
        json.WritePropertyName("data");
        Post(json, post);
        Includes(json, [post]);
        json.WriteStartArray("matching_rules");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteString("tag", rule.Tag);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>The answer of a search or a lookup.</summary>
    public static byte[] List(IReadOnlyCollection<XStoredPost> posts, Action<Utf8JsonWriter> rest) => Write(json =>
    {
        if (posts.Count > 0)
        {
            json.WriteStartArray("data");
            foreach (var post in posts)
            {
                Post(json, post);
            }

            json.WriteEndArray();
            Includes(json, posts);
        }

        rest(json);
    });

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static void Post(Utf8JsonWriter json, XStoredPost post)
    {
        var text = post.Post.Text;
        json.WriteStartObject();
        json.WriteString("id", Text(post.Id));
        json.WriteString("text", text.Length > TextMax ? text[..(char.IsHighSurrogate(text[TextMax - 2]) ? TextMax - 2 : TextMax - 1)] + "…" : text);
        if (text.Length > TextMax)
        {
            json.WriteStartObject("note_tweet");
            json.WriteString("text", text);
            json.WriteEndObject();
        }

        json.WriteString("author_id", post.Post.Author.Id);
        json.WriteString("created_at", Time(post.Post.CreatedAt));
        json.WriteString("lang", post.Post.Language);
        json.WriteStartArray("edit_history_tweet_ids");
        foreach (var version in post.History)
        {
            json.WriteStringValue(Text(version));
        }

        json.WriteEndArray();
        json.WriteStartObject("public_metrics");
        foreach (var metric in new[] { "retweet_count", "reply_count", "like_count", "quote_count", "bookmark_count", "impression_count" })
        {
            json.WriteNumber(metric, 0);
        }

        json.WriteEndObject();
        if (post.IsWithheld)
        {
            json.WriteStartObject("withheld");
            json.WriteBoolean("copyright", false);
            json.WriteStartArray("country_codes");
            json.WriteStringValue("DE");
            json.WriteEndArray();
            json.WriteString("scope", "tweet");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Includes(Utf8JsonWriter json, IReadOnlyCollection<XStoredPost> posts)
    {
        json.WriteStartObject("includes");
        json.WriteStartArray("users");
        foreach (var author in posts.Select(post => post.Post.Author).DistinctBy(author => author.Id))
        {
            json.WriteStartObject();
            json.WriteString("id", author.Id);
            json.WriteString("name", author.Name);
            json.WriteString("username", author.Name);
            json.WriteString("created_at", Time(author.Since));
            json.WriteStartObject("public_metrics");
            json.WriteNumber("followers_count", author.Followers);
            json.WriteNumber("following_count", 0);
            json.WriteNumber("tweet_count", author.Posts);
            json.WriteNumber("listed_count", 0);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
