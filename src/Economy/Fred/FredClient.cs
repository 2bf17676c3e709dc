using System.Globalization;
using System.Net;
using System.Text.Json;
using BtcAgent.Economy.Budgets;
using BtcAgent.Economy.Settings;
using BtcAgent.Economy.Vintages;

namespace BtcAgent.Economy.Fred;

/// <summary>
/// The two requests of the FRED API, version 1, that the calendar needs. Every failure is a <see cref="FredException"/>, except a cancellation by the caller
/// and a failure of the budget's store. No address is logged or part of an exception.
/// </summary>
/// <param name="http">See <see cref="Handler"/>; without a time limit, which is ours.</param>
/// <param name="key">The key.</param>
/// <param name="options">Address and limits.</param>
/// <param name="budget">Asked before each request.</param>
/// <param name="time">Our clock.</param>
public sealed class FredClient(HttpClient http, FredKey key, FredOptions options, RequestBudget budget, TimeProvider time)
{
    /// <summary>Largest answer that is read, in bytes; six years of a monthly series with all revisions have some 100,000.</summary>
    private const int AnswerBytesMax = 8 * 1024 * 1024;

    private const int PageDates = 1_000;
    private const int PageValues = 10_000;

    /// <summary>Pages of a request; more are a fault of the source.</summary>
    private const int PagesMax = 20;

    private const int MessageMax = 160;

    private Timestamp _sentAt;

    /// <summary>The handler for the <see cref="HttpClient"/>: no redirects, which would carry the key elsewhere.</summary>
    public static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(15),
    };

    /// <summary>Dates of a release from a day on, the future ones included, ascending.</summary>
    public Task<IReadOnlyList<DateOnly>> GetReleaseDatesAsync(int release, DateOnly from, CancellationToken cancellationToken) => ReadAsync(
        "/fred/release/dates",
        $"release_id={release}&realtime_start={Text(from)}&realtime_end=9999-12-31&include_release_dates_with_no_data=true&sort_order=asc",
        "release_dates", PageDates, one => Date(one, "date"), cancellationToken);

    /// <summary>Values of a series with the days on which each was the published one: what was known then, not what is known now.</summary>
    /// <param name="series">Id of the series.</param>
    /// <param name="observationsFrom">First day that the values describe.</param>
    /// <param name="realtimeFrom">First day of publications.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<IReadOnlyList<Vintage>> GetVintagesAsync(string series, DateOnly observationsFrom, DateOnly realtimeFrom, CancellationToken cancellationToken) => ReadAsync(
        "/fred/series/observations",
        $"series_id={Uri.EscapeDataString(series)}&observation_start={Text(observationsFrom)}&realtime_start={Text(realtimeFrom)}&realtime_end=9999-12-31&output_type=1&sort_order=asc",
        "observations", PageValues, VintageOf, cancellationToken);

    private static Vintage VintageOf(JsonElement one)
    {
        var text = Text(one, "value");
        double? value = text == "." ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
            : throw new FormatException("a value is not a number");
        return new Vintage(Date(one, "date"), Date(one, "realtime_start"), Date(one, "realtime_end"), value);
    }

    private async Task<IReadOnlyList<T>> ReadAsync<T>(string path, string query, string list, int page, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        for (var pages = 0; pages < PagesMax; pages++)
        {
            using var json = await GetAsync(path, $"{query}&limit={page}&offset={all.Count}", cancellationToken);
            try
            {
                var before = all.Count;
                all.AddRange(json.RootElement.GetProperty(list).EnumerateArray().Select(read));
                if (all.Count >= json.RootElement.GetProperty("count").GetInt32() || all.Count == before)
                {
                    return all;
                }
            }
            catch (Exception problem) when (problem is KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new FredException(FredFailure.Answer, $"FRED's answer to {path} has another form than its documentation ({problem.GetType().Name})");
            }
        }

        throw new FredException(FredFailure.Answer, $"FRED's answer to {path} has more than {PagesMax} pages");
    }

    private async Task<JsonDocument> GetAsync(string path, string query, CancellationToken cancellationToken)
    {
        if (_sentAt.IsKnown && Now - _sentAt is { } since && since >= TimeSpan.Zero && since < options.Pause)
        {
            await Task.Delay(options.Pause - since, time, cancellationToken);
        }

        if (await budget.TrySpendAsync(cancellationToken) is { } next)
        {
            throw new FredException(FredFailure.Budget, $"the budget of {FredOptions.Section} is spent until {next}") { RetryAt = next };
        }

        _sentAt = Now;
        using var limit = new CancellationTokenSource(options.RequestTimeout, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, key.Sign(options.BaseAddress, path, query));
            request.Headers.UserAgent.Add(new("btcagent", "1"));
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ended.Token);
            await answer.Content.LoadIntoBufferAsync(AnswerBytesMax, ended.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(ended.Token);
            return answer.StatusCode == HttpStatusCode.OK ? Parse(path, body) : throw FailureOf(answer, path, body);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Without the exception itself: nothing of it may show the address.
            throw new FredException(FredFailure.Transport, $"FRED did not answer {path} within {options.RequestTimeoutSeconds} s");
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            var error = (problem as HttpRequestException)?.HttpRequestError ?? HttpRequestError.Unknown;
            throw new FredException(
                FredFailure.Transport, error == HttpRequestError.ConfigurationLimitExceeded
                    ? $"FRED's answer to {path} is larger than {AnswerBytesMax} bytes" : $"no answer of FRED to {path}: {error}");
        }
    }

    /// <summary>An error may also come with the status of success.</summary>
    private JsonDocument Parse(string path, byte[] body)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            throw new FredException(FredFailure.Answer, $"FRED answered {path} with something other than JSON");
        }

        if (json.RootElement.ValueKind == JsonValueKind.Object && !json.RootElement.TryGetProperty("error_code", out _))
        {
            return json;
        }

        var message = MessageOf(json.RootElement);
        json.Dispose();
        throw new FredException(FredFailure.Answer, $"FRED answered {path} with an error: {message}");
    }

    private FredException FailureOf(HttpResponseMessage answer, string path, byte[] body)
    {
        var message = "";
        try
        {
            using var json = JsonDocument.Parse(body);
            message = MessageOf(json.RootElement);
        }
        catch (JsonException)
        {
            message = "without a reason";
        }

        var failure = answer.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => FredFailure.RateLimited,
            HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound => FredFailure.Refused,
            _ => FredFailure.Answer,
        };
        return new FredException(failure, $"FRED answered {path} with {(int)answer.StatusCode}: {message}")
        {
            RetryAt = answer.Headers.RetryAfter?.Delta is { } delta ? Now + delta : null,
        };
    }

    private string MessageOf(JsonElement root)
    {
        var text = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error_message", out var message) && message.ValueKind == JsonValueKind.String
            ? message.GetString()! : "without a reason";
        var shown = key.Hide(new string([.. text.Where(one => !char.IsControl(one))]));
        return shown.Length <= MessageMax ? shown : shown[..MessageMax];
    }

    private Timestamp Now => Timestamp.FromDateTimeOffset(time.GetUtcNow());

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(JsonElement one, string name) => one.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");

    private static DateOnly Date(JsonElement one, string name) => DateOnly.ParseExact(Text(one, name), "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
