using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using BtcAgent.Exchanges.Simulator.Accounts;
using BtcAgent.Exchanges.Simulator.Faults;
using BtcAgent.Exchanges.Simulator.Orders;
using BtcAgent.Exchanges.Simulator.Protocol;
using BtcAgent.Exchanges.Simulator.Rest;
using BtcAgent.Exchanges.Simulator.Streams;
using Microsoft.AspNetCore.Http;

namespace BtcAgent.Exchanges.Simulator.WebSocketApi;

/// <summary>
/// The WebSocket API at <c>/ws-api/v3</c>: requests and answers matched by id, and user data on the same connection.
/// </summary>
internal sealed class WebSocketApiEndpoint(TradingApi api, UserDataHub users, StreamHub connections, WeightMeter weights, VenueFaults faults, int queueMax)
{
    private const int RequestBytesMax = 64 * 1024;

    public async Task HandleAsync(HttpContext context)
    {
        if (!Handshakes.MayAccept(context, faults))
        {
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var connection = new StreamConnection(socket, combined: false, queueMax) { From = context.Connection.RemoteIpAddress };
        connections.Add(connection);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, connection.Dropped);
        try
        {
            var sending = connection.SendAsync(ended.Token);
            var reading = ReadAsync(socket, connection, ended.Token);
            if (await Task.WhenAny(sending, reading) == sending)
            {
                await StreamEndpoint.CloseAsync(socket, reading);
            }

            await ended.CancelAsync();
            await Task.WhenAll(sending, reading);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The peer went away or was cut off: a normal end of a connection.
            socket.Abort();
        }
        finally
        {
            users.Unsubscribe(connection);
            connections.Remove(connection);
        }
    }

    private async Task ReadAsync(WebSocket socket, StreamConnection connection, CancellationToken cancellationToken)
    {
        var buffer = new byte[RequestBytesMax];
        var length = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            length += received.Count;
            if (received.EndOfMessage)
            {
                Start(buffer.AsSpan(0, length).ToArray(), connection, cancellationToken);
                length = 0;
            }
            else if (length == buffer.Length)
            {
                return;
            }
        }
    }

    /// <summary>Answers each request when it is ready; a request does not wait for the previous one.</summary>
    private void Start(byte[] message, StreamConnection connection, CancellationToken cancellationToken) =>
        _ = AnswerAsync(message, connection, cancellationToken).ContinueWith(
            static (_, dropped) => ((StreamConnection)dropped!).Drop(),
            connection,
            CancellationToken.None,
            TaskContinuationOptions.NotOnRanToCompletion,
            TaskScheduler.Default);

    private async Task AnswerAsync(byte[] message, StreamConnection connection, CancellationToken cancellationToken)
    {
        string id = "null", method = "";
        ApiAnswer answer;
        var parameters = new ApiParameters(new Dictionary<string, string>(), "");
        try
        {
            var json = JsonElement.Parse(message);
            id = json.TryGetProperty("id", out var given) ? given.GetRawText() : "null";
            method = json.GetProperty("method").GetString() ?? "";
            parameters = Read(json);
            answer = await RunAsync(method, parameters, connection, cancellationToken);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            answer = new ApiAnswer(400, null, new VenueError(400, -1100, "Malformed request: expected {\"id\",\"method\",\"params\"}."));
        }

        if (TradingEndpoint.IsFree(method, answer))
        {
            weights.Add(connection.From, -1);
        }

        switch (answer.Fate)
        {
            case AnswerFate.Swallowed:
                return;
            case AnswerFate.ConnectionCut:
                connection.Drop();
                return;
        }

        connection.Answer(Wrap(id, answer, parameters.Find("apiKey") ?? "", connection.From));
        if (method == "order.place")
        {
            faults.OnStep?.Invoke(OrderStep.Answered, parameters.Find("newClientOrderId") ?? "");
        }
    }

    private async Task<ApiAnswer> RunAsync(string method, ApiParameters parameters, StreamConnection connection, CancellationToken cancellationToken)
    {
        if (weights.Add(connection.From, 1).IsOver)
        {
            return new ApiAnswer(429, null, VenueError.TooManyRequests, RetryAfterSeconds: 60);
        }

        switch (method)
        {
            case "ping":
                return new ApiAnswer(200, "{}"u8.ToArray());
            case "time":
                return new ApiAnswer(200, TradingApi.Json(json =>
                {
                    json.WriteStartObject();
                    json.WriteNumber("serverTime", api.NowMs);
                    json.WriteEndObject();
                }));
            case "userDataStream.subscribe.signature":
                return Subscribe(parameters, connection);
            case "userDataStream.unsubscribe":
                users.Unsubscribe(connection);
                return new ApiAnswer(200, "{}"u8.ToArray());
            default:
                return await api.HandleAsync(method, parameters, parameters.Find("apiKey"), connection.From, cancellationToken);
        }
    }

    private ApiAnswer Subscribe(ApiParameters parameters, StreamConnection connection)
    {
        VenueAccount account;
        try
        {
            account = api.Authenticate(parameters, parameters.Find("apiKey"));
        }
        catch (VenueException e)
        {
            return new ApiAnswer(e.Error.Status, null, e.Error);
        }

        var id = users.Subscribe(account, connection);
        return new ApiAnswer(200, TradingApi.Json(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("subscriptionId", id);
            json.WriteEndObject();
        }));
    }

    private static ApiParameters Read(JsonElement message)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (message.TryGetProperty("params", out var parameters))
        {
            foreach (var parameter in parameters.EnumerateObject())
            {
                values[parameter.Name] = parameter.Value.ValueKind == JsonValueKind.String
                    ? parameter.Value.GetString()!
                    : parameter.Value.GetRawText();
            }
        }

        var signed = values.Where(v => v.Key != "signature").OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value}");
        return new ApiParameters(values, string.Join('&', signed));
    }

    private byte[] Wrap(string id, ApiAnswer answer, string apiKey, IPAddress? from) => TradingApi.Json(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("id");
        json.WriteRawValue(id);
        json.WriteNumber("status", answer.Status);
        json.WritePropertyName(answer.Error is null ? "result" : "error");
        if (answer.Error is null)
        {
            json.WriteRawValue(answer.Result!);
        }
        else
        {
            Error(json, answer);
        }

        json.WriteStartArray("rateLimits");
        json.WriteRawValue($$"""{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":{{weights.WeightMax}},"count":{{weights.Add(from, 0).Used}}}""");
        json.WriteRawValue($$"""{"rateLimitType":"ORDERS","interval":"SECOND","intervalNum":10,"limit":{{api.Orders.OrdersMax}},"count":{{api.Orders.Count(apiKey)}}}""");
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private void Error(Utf8JsonWriter json, ApiAnswer answer)
    {
        json.WriteStartObject();
        json.WriteNumber("code", answer.Error!.Value.Code);
        json.WriteString("msg", answer.Error.Value.Message);
        if (answer.RetryAfterSeconds is { } seconds)
        {
            json.WriteStartObject("data");
            json.WriteNumber("serverTime", api.NowMs);
            json.WriteNumber("retryAfter", api.NowMs + (seconds * 1_000L));
            json.WriteEndObject();
        }
        else if (answer.ErrorData is { } data)
        {
            json.WritePropertyName("data");
            json.WriteRawValue(data);
        }

        json.WriteEndObject();
    }
}
