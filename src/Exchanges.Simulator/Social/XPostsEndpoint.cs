using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace BtcAgent.Exchanges.Simulator.Social;

/// <summary>Searches, counts and looks up posts, and charges for them.</summary>
internal sealed class XPostsEndpoint(XGate gate, XPosts posts, XMeter meter, Func<DateTimeOffset> now)
{
    private const int QueryMax = 512;

    /// <summary>Shortest time from the end of a counted period. Source: X, "Get counts of recent posts".</summary>
    private static readonly TimeSpan CountsAgeMin = TimeSpan.FromSeconds(10);

    public async Task SearchAsync(HttpContext context)
    {
        if (!await gate.PassAsync(context, XEndpoint.Search))
        {
            return;
        }

        var query = context.Request.Query;
        var since = Number(query["since_id"].ToString());
        if (Parse(query["query"].ToString()) is not { } matches || !int.TryParse(query["max_results"].ToString(), out var max) || max is < 10 or > 100
            || since < XPosts.FirstId(now() - XPosts.Kept))
        {
            await XGate.ProblemAsync(context, 400, "Invalid Request", null);
            return;
        }

        var before = Number(query["next_token"].ToString()) ?? long.MaxValue;
        var found = posts.All().Where(post => post.Id > (since ?? 0) && post.Id < before && matches(post)).Reverse().Take(max + 1).ToList();
        var page = found.Take(max).ToList();
        page.ForEach(post => meter.Read(post.Id));
        await XGate.AnswerAsync(context, 200, XJson.List(page, json =>
        {
            json.WriteStartObject("meta");
            json.WriteNumber("result_count", page.Count);
            if (found.Count > max)
            {
                json.WriteString("next_token", XJson.Text(page[^1].Id));
            }

            json.WriteEndObject();
        }));
    }

    public async Task CountsAsync(HttpContext context)
    {
        if (!await gate.PassAsync(context, XEndpoint.Counts))
        {
            return;
        }

        var query = context.Request.Query;
        if (Parse(query["query"].ToString()) is not { } matches || Time(query["start_time"].ToString()) is not { } from || Time(query["end_time"].ToString()) is not { } until
            || from >= until || until > now() - CountsAgeMin)
        {
            await XGate.ProblemAsync(context, 400, "Invalid Request", null);
            return;
        }

        meter.Count();
        var total = posts.All().Count(post => post.Post.CreatedAt >= from && post.Post.CreatedAt < until && matches(post));
        await XGate.AnswerAsync(context, 200, XJson.Write(json =>
        {
            json.WriteStartArray("data");
            json.WriteStartObject();
            json.WriteString("start", from.UtcDateTime);
            json.WriteString("end", until.UtcDateTime);
            json.WriteNumber("tweet_count", total);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartObject("meta");
            json.WriteNumber("total_tweet_count", total);
            json.WriteEndObject();
        }));
    }

    public async Task LookupAsync(HttpContext context)
    {
        if (!await gate.PassAsync(context, XEndpoint.Lookup))
        {
            return;
        }

        var ids = context.Request.Query["ids"].ToString().Split(',');
        if (ids.Length > 100)
        {
            await XGate.ProblemAsync(context, 400, "Invalid Request", null);
            return;
        }

        var found = ids.Select(id => Number(id) is { } number ? posts.Find(number) : null).OfType<XStoredPost>().ToList();
        found.ForEach(post => meter.Read(post.Id));
        var missing = ids.Except(found.Select(post => XJson.Text(post.Id))).ToList();
        await XGate.AnswerAsync(context, 200, XJson.List(found, json =>
        {
            if (missing.Count == 0)
            {
                return;
            }

            json.WriteStartArray("errors");
            foreach (var id in missing)
            {
                json.WriteStartObject();
                json.WriteString("resource_id", id);
                json.WriteString("resource_type", "tweet");
                json.WriteString("parameter", "ids");
                json.WriteString("title", "Not Found Error");
                json.WriteString("type", "https://api.twitter.com/2/problems/resource-not-found");
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }));
    }

    private static Func<XStoredPost, bool>? Parse(string query)
    {
        try
        {
            return query.Length <= QueryMax && !query.Contains("sample:", StringComparison.Ordinal) ? XQuery.Parse(query) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
