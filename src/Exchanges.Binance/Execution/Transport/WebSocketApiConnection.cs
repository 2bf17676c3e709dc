using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Exchanges.Binance.Execution.Signing;
using BtcAgent.Exchanges.Binance.Rest;
using BtcAgent.Exchanges.Binance.Streams;

namespace BtcAgent.Exchanges.Binance.Execution.Transport;

/// <summary>
/// One connection to the WebSocket API. Matches answers to requests by id; every other message is an event. When it ends,
/// every request without an answer has an unknown outcome.
/// </summary>
internal sealed class WebSocketApiConnection : IDisposable
{
    private const int FrameBytesMax = 4 * 1024 * 1024;
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<ApiResult>> _waiting = new(StringComparer.Ordinal);
    private readonly BinanceCredentials _credentials;
    private readonly RequestGate _gate;
    private readonly TimeProvider _time;
    private byte[] _buffer = new byte[64 * 1024];
    private long _lastId;

    private WebSocketApiConnection(BinanceCredentials credentials, RequestGate gate, TimeProvider time)
    {
        _credentials = credentials;
        _gate = gate;
        _time = time;
    }

    public bool IsOpen => _socket.State == WebSocketState.Open;

    public static async Task<WebSocketApiConnection> OpenAsync(
        Uri address, TimeSpan keepAlive, BinanceCredentials credentials, RequestGate gate, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = new WebSocketApiConnection(credentials, gate, time);
        connection._socket.Options.KeepAliveInterval = keepAlive;
        connection._socket.Options.KeepAliveTimeout = keepAlive;
        try
        {
            await Handshake.ConnectAsync(connection._socket, address, gate.Weights, time, cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public async Task<ApiResult> SendAsync(
        ApiCall call, RequestParameters parameters, TimeSpan timeout, CancellationToken cancellationToken, SendPermit? permit = null)
    {
        parameters.With("apiKey", _credentials.ApiKey);
        var signature = _credentials.Signer.Sign(parameters.ToSortedPayload());
        var id = Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
        var answer = new TaskCompletionSource<ApiResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        using var limit = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await WriteAsync(Request(id, call, parameters, signature), permit, either.Token) is { } refusal
                ? ApiResult.NotSent(refusal)
                : await answer.Task.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            return ApiResult.Unanswered($"no answer to {call.Method} within {timeout.TotalSeconds} s");
        }
        catch (Exception e) when (e is WebSocketException or InvalidOperationException or IOException)
        {
            return ApiResult.Unanswered($"the connection broke during {call.Method}: {e.Message}");
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    /// <summary>Reads until the connection ends; passes on every message that is not an answer.</summary>
    public async Task ReadAsync(Func<JsonElement, Task> onEvent, CancellationToken cancellationToken)
    {
        try
        {
            while (await ReceiveAsync(cancellationToken) is { } message)
            {
                if (!TakeAnswer(message))
                {
                    await onEvent(message);
                }
            }
        }
        finally
        {
            foreach (var (_, answer) in _waiting)
            {
                answer.TrySetResult(ApiResult.Unanswered("the connection ended before the answer"));
            }
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        foreach (var (_, answer) in _waiting)
        {
            answer.TrySetResult(ApiResult.Unanswered("the connection ended before the answer"));
        }
    }

    /// <summary>Uses the permit once this request has the socket: the next statement sends the bytes.</summary>
    /// <returns>Why nothing was sent; null when it was.</returns>
    private async Task<string?> WriteAsync(byte[] request, SendPermit? permit, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            if (permit is not null && !permit.TryUse(Timestamp.FromDateTimeOffset(_time.GetUtcNow()), out var refusal))
            {
                return refusal;
            }

            await _socket.SendAsync(request, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
            return null;
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task<JsonElement?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length)
            {
                if (length >= FrameBytesMax)
                {
                    throw new WebSocketException($"a message is longer than {FrameBytesMax} bytes");
                }

                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var result = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            length += result.Count;
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (result.EndOfMessage)
            {
                return JsonElement.Parse(_buffer.AsSpan(0, length));
            }
        }
    }

    private bool TakeAnswer(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("id", out var id)
            || !message.TryGetProperty("status", out var status))
        {
            return false;
        }

        if (message.TryGetProperty("rateLimits", out var limits) && limits.ValueKind == JsonValueKind.Array)
        {
            _gate.Read(limits);
        }

        if (id.ValueKind == JsonValueKind.String && _waiting.TryRemove(id.GetString()!, out var answer))
        {
            answer.TrySetResult(ResultOf(message, status.GetInt32()));
        }

        return true;
    }

    private ApiResult ResultOf(JsonElement message, int status)
    {
        if (status is >= 200 and < 300)
        {
            return ApiResult.Done(message.GetProperty("result"));
        }

        var error = message.TryGetProperty("error", out var body) ? body : default;
        var (code, text) = ErrorBody.Read(error);
        if (status is 429 or 418)
        {
            _gate.Pause(ordersOnly: code == ErrorCodes.TooManyOrders, RetryAfter(error));
        }

        return ApiResult.Refusal(status, code, text, error.ValueKind == JsonValueKind.Object ? error : null);
    }

    /// <summary>The WebSocket API gives the end of the pause in milliseconds since 1970.</summary>
    private TimeSpan? RetryAfter(JsonElement error) =>
        error.ValueKind == JsonValueKind.Object && error.TryGetProperty("data", out var data)
        && data.ValueKind == JsonValueKind.Object && data.TryGetProperty("retryAfter", out var until)
        && until.TryGetInt64(out var untilMs)
        && TimeSpan.FromMilliseconds(untilMs - NowMs()) is { } wait && wait > TimeSpan.Zero
            ? wait : null;

    private long NowMs() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private static byte[] Request(string id, ApiCall call, RequestParameters parameters, string signature)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("method", call.Method);
            json.WriteStartObject("params");
            foreach (var (name, value) in parameters.Values)
            {
                json.WriteString(name, value);
            }

            json.WriteString("signature", signature);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
