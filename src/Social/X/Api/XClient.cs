using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using BtcAgent.Social.X.Settings;

namespace BtcAgent.Social.X.Api;

/// <summary>The requests of X API v2 that reading needs. Every failure is a <see cref="XApiException"/>, except a cancellation by the caller.</summary>
/// <param name="http">See <see cref="Handler"/>; without a time limit, which is ours.</param>
/// <param name="token">The app's token.</param>
/// <param name="options">Address and limits.</param>
/// <param name="time">Our clock.</param>
public sealed class XClient(HttpClient http, BearerToken token, XOptions options, TimeProvider time)
{
    /// <summary>Posts of a page, and ids of a lookup.</summary>
    internal const int PageMax = 100;

    /// <summary>Largest answer that is read, in bytes; a page of 100 long posts has some 500,000.</summary>
    private const int AnswerBytesMax = 8 * 1024 * 1024;

    /// <summary>Resolved again after this long: X moves its servers by DNS.</summary>
    private static readonly TimeSpan ConnectionAgeMax = TimeSpan.FromMinutes(5);

    private const string StreamPath = "/2/tweets/search/stream";
    private const string RulesPath = "/2/tweets/search/stream/rules";

    /// <summary>
    /// The handler for the <see cref="HttpClient"/>: no redirects, which would carry the token elsewhere, and no reading on after we close a stream, which X would
    /// charge.
    /// </summary>
    public static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxResponseDrainSize = 0,
        PooledConnectionLifetime = ConnectionAgeMax,
        ConnectTimeout = TimeSpan.FromSeconds(15),
    };

    /// <summary>Opens the stream. Dispose the answer to close it.</summary>
    internal async Task<HttpResponseMessage> OpenStreamAsync(CancellationToken cancellationToken) => await SendAsync(
        new HttpRequestMessage(HttpMethod.Get, new Uri(options.BaseAddress, $"{StreamPath}?{XPostJson.Fields}")),
        HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    internal async Task<IReadOnlyList<XRule>> GetRulesAsync(CancellationToken cancellationToken)
    {
        using var json = await GetAsync(RulesPath, cancellationToken);
        return Rules(json);
    }

    /// <returns>The rules that X has added, with their ids.</returns>
    internal Task<IReadOnlyList<XRule>> AddRulesAsync(IEnumerable<XRule> rules, CancellationToken cancellationToken) =>
        PostRulesAsync(new { add = rules.Select(rule => new { value = rule.Value, tag = rule.Tag }) }, cancellationToken);

    internal Task DeleteRulesAsync(IEnumerable<string> ids, CancellationToken cancellationToken) =>
        PostRulesAsync(new { delete = new { ids } }, cancellationToken);

    /// <summary>Posts of the last seven days after an id, the newest first.</summary>
    internal async Task<SearchPage> SearchAsync(string query, long sinceId, string? nextToken, CancellationToken cancellationToken)
    {
        var path = $"/2/tweets/search/recent?query={Uri.EscapeDataString(query)}&since_id={sinceId}&max_results={PageMax}&{XPostJson.Fields}"
            + (nextToken is null ? "" : $"&next_token={Uri.EscapeDataString(nextToken)}");
        using var json = await GetAsync(path, cancellationToken);
        var posts = XPostJson.ReadAll(json.RootElement, Now).ToList();
        return new SearchPage(
            [.. posts.OfType<XPost>()], posts.Count(post => post is null),
            XPostJson.Get(json.RootElement, "meta") is { } meta ? XPostJson.Text(XPostJson.Get(meta, "next_token")) : null);
    }

    /// <summary>Number of posts of a period of whole minutes.</summary>
    internal async Task<long> CountAsync(string query, Timestamp from, Timestamp until, CancellationToken cancellationToken)
    {
        using var json = await GetAsync(
            $"/2/tweets/counts/recent?query={Uri.EscapeDataString(query)}&granularity=minute&start_time={Format(from)}&end_time={Format(until)}", cancellationToken);
        return XPostJson.Get(json.RootElement, "meta") is { } meta
            && XPostJson.Get(meta, "total_tweet_count") is { ValueKind: JsonValueKind.Number } total && total.TryGetInt64(out var count) && count >= 0
            ? count
            : throw new XApiException(XFailure.Http, "X answered a request for counts without a total") { MayBeCharged = true };
    }

    /// <summary>Looks up at most <see cref="PageMax"/> posts.</summary>
    internal async Task<LookupAnswer> LookupAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        using var json = await GetAsync($"/2/tweets?ids={string.Join(',', ids)}&tweet.fields=withheld", cancellationToken);
        var posts = XPostJson.ReadAll(json.RootElement, Now).ToList();
        var gone = new HashSet<long>();
        foreach (var error in XPostJson.Get(json.RootElement, "errors") is { ValueKind: JsonValueKind.Array } errors ? errors.EnumerateArray() : default)
        {
            var type = XPostJson.Text(XPostJson.Get(error, "type")) ?? "";
            if ((type.EndsWith("/resource-not-found", StringComparison.Ordinal) || type.EndsWith("/not-authorized-for-resource", StringComparison.Ordinal))
                && XPostJson.Text(XPostJson.Get(error, "resource_type")) is null or "tweet" or "post"
                && long.TryParse(XPostJson.Text(XPostJson.Get(error, "resource_id")), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                gone.Add(id);
            }
        }

        return new LookupAnswer([.. posts.OfType<XPost>()], posts.Count(post => post is null), gone);
    }

    private Timestamp Now => Timestamp.FromDateTimeOffset(time.GetUtcNow());

    private static string Format(Timestamp time) => time.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static IReadOnlyList<XRule> Rules(JsonDocument json) => XPostJson.Get(json.RootElement, "data") is { ValueKind: JsonValueKind.Array } data
        ? [.. data.EnumerateArray().Select(rule => new XRule(Text(rule, "id"), Text(rule, "tag"), Text(rule, "value"))).Where(rule => rule.Id.Length > 0)]
        : [];

    private static string Text(JsonElement rule, string name) => XPostJson.Text(XPostJson.Get(rule, name)) ?? "";

    private async Task<IReadOnlyList<XRule>> PostRulesAsync(object body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.BaseAddress, RulesPath))
        {
            Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        using var answer = await SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        try
        {
            using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            return Rules(json);
        }
        catch (JsonException)
        {
            return []; // X has accepted the change; the next reading of the rules shows it.
        }
    }

    private async Task<JsonDocument> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.BaseAddress, path));
        using var answer = await SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        try
        {
            return JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (JsonException problem)
        {
            // Its message may quote the answer.
            throw new XApiException(
                XFailure.Http, $"X answered {request.RequestUri!.AbsolutePath} with something other than JSON at byte {problem.BytePositionInLine}")
            {
                MayBeCharged = true,
            };
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        token.Authorize(request);
        request.Headers.UserAgent.Add(new("btcagent", "1"));
        using var limit = new CancellationTokenSource(options.RequestTimeout, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var path = request.RequestUri!.AbsolutePath;
        HttpResponseMessage answer;
        try
        {
            answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ended.Token);
        }
        catch (OperationCanceledException problem) when (
            problem.InnerException is TimeoutException && http.Timeout == Timeout.InfiniteTimeSpan && !ended.IsCancellationRequested)
        {
            // The handler's limit of a connection, since the client has none: nothing was sent.
            throw new XApiException(XFailure.Transport, $"no connection to X for {path} in time", problem);
        }
        catch (OperationCanceledException problem) when (!cancellationToken.IsCancellationRequested)
        {
            throw new XApiException(XFailure.Transport, $"X did not answer {path} within {options.RequestTimeoutSeconds} s", problem) { MayBeCharged = true };
        }
        catch (HttpRequestException problem)
        {
            throw new XApiException(XFailure.Transport, $"no connection to X for {path}: {problem.HttpRequestError}", problem)
            {
                MayBeCharged = problem.HttpRequestError is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError),
            };
        }

        try
        {
            if (answer.StatusCode == HttpStatusCode.OK || answer.StatusCode == HttpStatusCode.Created)
            {
                if (completion == HttpCompletionOption.ResponseContentRead)
                {
                    await answer.Content.LoadIntoBufferAsync(AnswerBytesMax, ended.Token);
                }

                return answer;
            }

            throw await FailureAsync(answer, path, ended.Token, cancellationToken);
        }
        catch (Exception problem)
        {
            answer.Dispose();
            throw problem switch
            {
                HttpRequestException or IOException => new XApiException(XFailure.Transport, $"X's answer to {path} broke off", problem) { MayBeCharged = true },
                OperationCanceledException when !cancellationToken.IsCancellationRequested => new XApiException(
                    XFailure.Transport, $"X's answer to {path} took longer than {options.RequestTimeoutSeconds} s", problem)
                { MayBeCharged = true },
                _ => problem,
            };
        }
    }

    private async Task<XApiException> FailureAsync(HttpResponseMessage answer, string path, CancellationToken limit, CancellationToken cancellationToken)
    {
        var issue = await IssueAsync(answer, limit, cancellationToken);
        if (issue == StreamLine.TooManyConnections)
        {
            return new XApiException(XFailure.Http, $"X answered {path} with {(int)answer.StatusCode}: another stream is open") { Status = answer.StatusCode };
        }

        return answer.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => new XApiException(
                XFailure.RateLimited, $"X answered {path} with 429: too many requests")
            { Status = answer.StatusCode, ResetAfter = RateLimitReset.In(answer.Headers, time) },
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new XApiException(
                XFailure.Http, $"X answered {path} with {(int)answer.StatusCode}: it refuses the bearer token or the app's access; check both in X's developer console")
            { Status = answer.StatusCode },
            _ => new XApiException(XFailure.Http, $"X answered {path} with {(int)answer.StatusCode}") { Status = answer.StatusCode },
        };
    }

    /// <summary>Null when the body says nothing, or does not come in time: the status remains.</summary>
    private static async Task<string?> IssueAsync(HttpResponseMessage answer, CancellationToken limit, CancellationToken cancellationToken)
    {
        try
        {
            await answer.Content.LoadIntoBufferAsync(AnswerBytesMax, limit);
            using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(limit));
            return StreamLine.IssueOf(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
