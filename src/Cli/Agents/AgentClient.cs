using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Agents;

/// <summary>
/// Calls the REST API of one agent. Follows no redirect, since the key would follow it, and sends no cookie. Every failure is an
/// <see cref="AgentException"/> that says what to do.
/// </summary>
internal sealed class AgentClient : IDisposable
{
    /// <summary>Largest answer in bytes, far above 500 decisions with their evidence.</summary>
    private const int AnswerBytesMax = 64 * 1024 * 1024;

    /// <summary>Longest key; an operator key has 43 characters.</summary>
    private const int KeyLengthMax = 512;

    private const string ApiPath = "api/v1/";
    private const string IdempotencyHeader = "Idempotency-Key";

    private readonly AgentAddress _address;
    private readonly AgentCertificate _certificate;
    private readonly HttpClient _http;

    private AgentClient(AgentAddress address, AgentCertificate certificate, HttpClient http)
    {
        _address = address;
        _certificate = certificate;
        _http = http;
    }

    /// <summary>Address of the agent, for messages.</summary>
    public string Name => _address.Url.AbsoluteUri.TrimEnd('/');

    /// <exception cref="AgentException">The key or the authority cannot be read.</exception>
    public static AgentClient Open(AgentAddress address)
    {
        var key = ReadKey(address.KeyFile);
        var certificate = new AgentCertificate(address.Url.Host, address.AuthorityFile);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !AgentAddress.IsHere(address.Url),
            SslOptions = certificate.Options(),
        };
        var http = new HttpClient(handler)
        {
            BaseAddress = address.Url,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = AnswerBytesMax,
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return new AgentClient(address, certificate, http);
    }

    /// <param name="path">Path below <c>/api/v1/</c>, with its query.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AgentException">The agent cannot be reached, or refused.</exception>
    public Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Get, path, body: null, cancellationToken);

    /// <summary>Opens an answer of any length, such as server-sent events. The time-out is for its beginning only.</summary>
    /// <param name="path">Path below <c>/api/v1/</c>, with its query.</param>
    /// <param name="mediaType">Media type of the answer.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AgentException">The agent cannot be reached, or refused.</exception>
    public async Task<Stream> OpenAsync(string path, string mediaType, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_address.Timeout);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{ApiPath}{path}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(mediaType));
        try
        {
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (response.IsSuccessStatusCode)
            {
                return await response.Content.ReadAsStreamAsync(cancellationToken);
            }

            using (response)
            {
                throw AgentFailures.Refused(_address, response, await response.Content.ReadAsByteArrayAsync(limit.Token));
            }
        }
        catch (HttpRequestException e)
        {
            throw AgentFailures.Unreachable(_address, e, _certificate.Problem, isCommand: false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw AgentFailures.TimedOut(_address, isCommand: false);
        }
    }

    /// <summary>Sends a command once; <c>Idempotency-Key</c> lets a proxy or the agent recognise a repeat.</summary>
    /// <param name="method">POST, PUT or DELETE.</param>
    /// <param name="path">Path below <c>/api/v1/</c>, with its query.</param>
    /// <param name="body">Sent as JSON; null for none.</param>
    /// <param name="cancellationToken">Cancels the request; whether it was carried out is then unknown.</param>
    /// <exception cref="AgentException">The agent cannot be reached, or refused.</exception>
    public Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken) =>
        SendAsync<T>(method, path, body, mayWait: false, cancellationToken);

    /// <summary>Puts a command into the inbox of confirmations.</summary>
    /// <exception cref="AgentException">The agent cannot be reached, or refused.</exception>
    public Task<T> ProposeAsync<T>(object proposal, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Post, "confirmations", proposal, mayWait: true, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, bool mayWait, CancellationToken cancellationToken)
    {
        var isCommand = method != HttpMethod.Get;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_address.Timeout);
        using var request = new HttpRequestMessage(method, $"{ApiPath}{path}");
        if (isCommand)
        {
            request.Headers.Add(IdempotencyHeader, Guid.NewGuid().ToString("N"));
        }

        if (body is not null)
        {
            request.Content = JsonContent.Create(body, body.GetType(), options: AgentJson.Options);
        }

        try
        {
            using var response = await _http.SendAsync(request, limit.Token);
            return await ReadAsync<T>(response, mayWait, limit.Token);
        }
        catch (HttpRequestException e)
        {
            throw AgentFailures.Unreachable(_address, e, _certificate.Problem, isCommand);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw AgentFailures.TimedOut(_address, isCommand);
        }
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage response, bool mayWait, CancellationToken cancellationToken)
    {
        var content = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw AgentFailures.Refused(_address, response, content);
        }

        if (!mayWait && response.StatusCode == HttpStatusCode.Accepted && response.Headers.Location is { } place)
        {
            throw AgentFailures.Held(place);
        }

        try
        {
            return JsonSerializer.Deserialize<T>(content, AgentJson.Options) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw AgentFailures.Unreadable(_address, response, e);
        }
    }

    private static string ReadKey(string file)
    {
        try
        {
            var key = File.ReadAllText(file).Trim();
            return key.Length is > 0 and <= KeyLengthMax && key.All(c => c is > ' ' and < '\x7f')
                ? key
                : throw new AgentException($"'{file}' does not contain a key: name the key file of the agent with --key-file", ExitCodes.NotAllowed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AgentException(
                $"the key file '{file}' cannot be read ({e.Message}): name the agent's key with --key-file, {AgentAddressOptions.KeyFileVariable} or --profile",
                ExitCodes.NotAllowed);
        }
    }
}
