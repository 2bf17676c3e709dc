using System.Net.WebSockets;
using System.Text.Json;
using BtcAgent.Exchanges.Simulator.Faults;
using Microsoft.AspNetCore.Http;

namespace BtcAgent.Exchanges.Simulator.Streams;

/// <summary>The stream endpoints: <c>/stream?streams=a/b</c>, <c>/ws/a</c>, and SUBSCRIBE / UNSUBSCRIBE messages.</summary>
internal sealed class StreamEndpoint(StreamHub hub, Func<string, bool> isKnownTopic, VenueFaults faults, int queueMax)
{
    private const int RequestBytesMax = 16 * 1024;

    public Task CombinedAsync(HttpContext context) =>
        RunAsync(context, combined: true, context.Request.Query["streams"].ToString().Split('/', StringSplitOptions.RemoveEmptyEntries));

    public Task SingleAsync(HttpContext context) =>
        RunAsync(context, combined: false, (context.Request.RouteValues["stream"] as string ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries));

    private async Task RunAsync(HttpContext context, bool combined, string[] topics)
    {
        if (!Handshakes.MayAccept(context, faults))
        {
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var connection = new StreamConnection(socket, combined, queueMax);
        foreach (var topic in topics.Where(isKnownTopic))
        {
            connection.Topics[topic] = 0;
        }

        hub.Add(connection);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, connection.Dropped);
        try
        {
            var sending = connection.SendAsync(ended.Token);
            var reading = ReadAsync(socket, connection, ended.Token);
            await Task.WhenAny(sending, reading);
            await CloseAsync(socket, reading);
            await ended.CancelAsync();
            await Task.WhenAll(sending, reading);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The peer went away: a normal end of a stream.
            socket.Abort();
        }
        finally
        {
            hub.Remove(connection);
        }
    }

    /// <summary>
    /// Starts the close handshake and gives the peer a moment to answer; after an abrupt end it might never read the close
    /// message.
    /// </summary>
    internal static async Task CloseAsync(WebSocket socket, Task reading)
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
            await reading.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
                connection.Answer(Answer(buffer.AsMemory(0, length), connection));
                length = 0;
            }
            else if (length == buffer.Length)
            {
                return;
            }
        }
    }

    private byte[] Answer(ReadOnlyMemory<byte> request, StreamConnection connection)
    {
        try
        {
            using var json = JsonDocument.Parse(request);
            var id = json.RootElement.TryGetProperty("id", out var given) ? given.GetRawText() : "null";
            var method = json.RootElement.GetProperty("method").GetString();
            var topics = json.RootElement.TryGetProperty("params", out var list)
                ? list.EnumerateArray().Select(t => t.GetString() ?? "").ToArray()
                : [];
            switch (method)
            {
                case "SUBSCRIBE":
                    foreach (var topic in topics.Where(isKnownTopic))
                    {
                        connection.Topics[topic] = 0;
                    }

                    return Json($"{{\"result\":null,\"id\":{id}}}");
                case "UNSUBSCRIBE":
                    foreach (var topic in topics)
                    {
                        connection.Topics.TryRemove(topic, out _);
                    }

                    return Json($"{{\"result\":null,\"id\":{id}}}");
                case "LIST_SUBSCRIPTIONS":
                    var open = string.Join(",", connection.Topics.Keys.Order(StringComparer.Ordinal).Select(t => $"\"{t}\""));
                    return Json($"{{\"result\":[{open}],\"id\":{id}}}");
                default:
                    return Json($"{{\"error\":{{\"code\":2,\"msg\":\"Invalid request: unknown method\"}},\"id\":{id}}}");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return Json("{\"error\":{\"code\":3,\"msg\":\"Invalid JSON: expected {\\\"method\\\",\\\"params\\\",\\\"id\\\"}\"},\"id\":null}");
        }
    }

    private static byte[] Json(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
