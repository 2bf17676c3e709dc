using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace BtcAgent.History.Metrics;

/// <summary>
/// Posts batches of points by the API of InfluxDB 1.x or 2.x, compressed. InfluxDB.Client speaks 2.x alone, and keeps its buffer
/// and its retries to itself; the protocol is one request.
/// </summary>
internal sealed class InfluxWriter : IDisposable
{
    private const int ProblemMax = 200;

    private readonly InfluxOptions _options;
    private readonly HttpClient _client;
    private readonly string _target;

    public InfluxWriter(InfluxOptions options)
    {
        _options = options;
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
        };
        var root = options.Url.TrimEnd('/');
        _target = IsFirst
            ? $"{root}/write?db={Uri.EscapeDataString(options.Database)}&precision=s"
            : $"{root}/api/v2/write?org={Uri.EscapeDataString(options.Org)}&bucket={Uri.EscapeDataString(options.Bucket)}&precision=s";
        _client.DefaultRequestHeaders.Authorization = IsFirst
            ? options.Username.Length > 0
                ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Username}:{options.Password}")))
                : null
            : options.Token.Length > 0 ? new AuthenticationHeaderValue("Token", options.Token) : null;
    }

    private bool IsFirst => _options.Database.Length > 0;

    private string Server => $"InfluxDB at {_options.Url}";

    public async Task<InfluxOutcome> WriteAsync(IReadOnlyCollection<string> lines, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new ByteArrayContent(Compress(lines));
            content.Headers.ContentType = new MediaTypeHeaderValue("text/plain") { CharSet = "utf-8" };
            content.Headers.ContentEncoding.Add("gzip");
            using var answer = await _client.PostAsync(_target, content, cancellationToken);
            return answer.IsSuccessStatusCode
                ? new InfluxOutcome(InfluxOutcomeKind.Stored)
                : Judge(answer.StatusCode, await ReasonAsync(answer, cancellationToken), RetryAfter(answer));
        }
        catch (HttpRequestException e)
        {
            return new InfluxOutcome(InfluxOutcomeKind.Busy, $"{Server} does not answer ({OneLine(e.Message)}): start it or correct {InfluxOptions.Section}:Url");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new InfluxOutcome(InfluxOutcomeKind.Busy, $"{Server} did not answer within {_options.TimeoutSeconds} s");
        }
    }

    public void Dispose() => _client.Dispose();

    private InfluxOutcome Judge(HttpStatusCode status, string reason, TimeSpan? retryAfter)
    {
        var login = IsFirst ? "Username and Password" : "Token";
        var place = IsFirst ? $"database '{_options.Database}'" : $"bucket '{_options.Bucket}' of organisation '{_options.Org}'";
        return status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new InfluxOutcome(
                InfluxOutcomeKind.Refused, $"{Server} refuses the log-in ({(int)status}): correct {login} of {InfluxOptions.Section}", retryAfter),
            HttpStatusCode.NotFound => new InfluxOutcome(
                InfluxOutcomeKind.Refused, $"{Server} has no {place} (404 {reason}): create it, or correct {InfluxOptions.Section}", retryAfter),
            HttpStatusCode.RequestEntityTooLarge => new InfluxOutcome(InfluxOutcomeKind.TooLarge, $"{Server} refuses a batch as too large (413)"),
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => new InfluxOutcome(
                InfluxOutcomeKind.Unusable, $"{Server} refuses points ({(int)status} {reason}); the batch is dropped"),
            HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => new InfluxOutcome(
                InfluxOutcomeKind.Busy, $"{Server} is overloaded or failing ({(int)status} {reason})", retryAfter),
            _ => new InfluxOutcome(
                InfluxOutcomeKind.Refused, $"{Server} answers {(int)status} {reason}: is {InfluxOptions.Section}:Url that of an InfluxDB?", retryAfter),
        };
    }

    private static byte[] Compress(IEnumerable<string> lines)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        using (var text = new StreamWriter(gzip, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        {
            foreach (var line in lines)
            {
                text.Write(line);
                text.Write('\n');
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The text of the answer: 1.x has it in <c>error</c>, 2.x in <c>message</c>.</summary>
    private async Task<string> ReasonAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = WithoutSecrets(await answer.Content.ReadAsStringAsync(cancellationToken));
        try
        {
            using var json = JsonDocument.Parse(body);
            var isObject = json.RootElement.ValueKind == JsonValueKind.Object;
            return OneLine((isObject && json.RootElement.TryGetProperty("error", out var text)) || (isObject && json.RootElement.TryGetProperty("message", out text))
                ? text.ToString() : body);
        }
        catch (JsonException)
        {
            return OneLine(body); // A proxy answers in HTML or not at all.
        }
    }

    /// <summary>A proxy may answer with the request that it was sent.</summary>
    private string WithoutSecrets(string body) =>
        new[] { _client.DefaultRequestHeaders.Authorization?.Parameter ?? "", _options.Token, _options.Password }.Where(secret => secret.Length > 0)
            .Aggregate(body, (said, secret) => said.Replace(secret, "***", StringComparison.Ordinal));

    private static TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when answer.Headers.Date is { } now && date > now => date - now,
        _ => null,
    };

    private static string OneLine(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= ProblemMax ? line : $"{line[..ProblemMax]}…";
    }
}
