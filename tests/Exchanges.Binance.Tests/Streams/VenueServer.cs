using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Exchanges.Binance.Tests.Streams;

/// <summary>A venue on loopback whose every frame and snapshot the test determines.</summary>
internal sealed class VenueServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<VenueClient> _clients = Channel.CreateUnbounded<VenueClient>();

    private VenueServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public Uri StreamAddress => new($"ws://{Address.Authority}");

    /// <summary>Answers <c>/api/v3/depth</c>: status and body by the number of the request, from 1.</summary>
    public Func<int, (int Status, string Body)> Depth { get; set; } = _ => (200, Snapshot(100));

    public int DepthRequests { get; private set; }

    public string? StreamQuery { get; private set; }

    /// <summary>Called at each handshake of a stream: status and Retry-After of a refusal, or null to accept.</summary>
    public Func<(int Status, string? RetryAfter)?> Handshake { get; set; } = () => null;

    public int Handshakes { get; private set; }

    public static string Snapshot(long lastUpdateId) =>
        $$"""{"lastUpdateId":{{lastUpdateId}},"bids":[["100.00000000","1.00000000"]],"asks":[["101.00000000","1.00000000"]]}""";

    public static string Delta(long first, long last) =>
        $$$"""{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1700000000200,"s":"BTCUSDT","U":{{{first}}},"u":{{{last}}},"b":[["99.00000000","1.00000000"]],"a":[]}}""";

    public static string Trade(long id) =>
        $$$"""{"stream":"btcusdt@trade","data":{"e":"trade","E":1700000000123,"s":"BTCUSDT","t":{{{id}}},"p":"100.00000000","q":"0.02000000","T":1700000000120,"m":true,"M":true}}""";

    /// <summary>As documented for combined streams.</summary>
    public const string ServerShutdown = """{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1770123456789}}""";

    public static async Task<VenueServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new VenueServer(builder.Build());
        server.Map();
        await server._app.StartAsync();
        return server;
    }

    public async Task<VenueClient> NextClientAsync() =>
        await _clients.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(10));

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await ((Task)_app.StopAsync(now.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _app.DisposeAsync();
    }

    private void Map()
    {
        _app.UseWebSockets();
        _app.MapGet("/api/v3/time", () => Results.Text("{\"serverTime\":1700000000000}"));
        _app.MapGet("/api/v3/depth", () =>
        {
            var (status, body) = Depth(++DepthRequests);
            return Results.Text(body, "application/json", Encoding.UTF8, status);
        });
        _app.Map("/stream", async (HttpContext context) =>
        {
            StreamQuery = context.Request.QueryString.Value;
            Handshakes++;
            if (Handshake() is var (status, retryAfter))
            {
                context.Response.StatusCode = status;
                context.Response.Headers.RetryAfter = retryAfter;
                return;
            }

            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            using var client = new VenueClient(socket, context.RequestAborted);
            _clients.Writer.TryWrite(client);
            await client.Ended.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
    }
}

/// <summary>The server's end of one connection.</summary>
internal sealed class VenueClient(WebSocket socket, CancellationToken gone) : IDisposable
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Ended => _ended.Task;

    public Task SendAsync(string frame) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, endOfMessage: true, gone);

    /// <summary>Sends a frame in two pieces.</summary>
    public async Task SendInPiecesAsync(string frame)
    {
        var bytes = Encoding.UTF8.GetBytes(frame);
        await socket.SendAsync(bytes.AsMemory(0, 10), WebSocketMessageType.Text, endOfMessage: false, gone);
        await socket.SendAsync(bytes.AsMemory(10), WebSocketMessageType.Text, endOfMessage: true, gone);
    }

    public void Drop()
    {
        socket.Abort();
        _ended.TrySetResult();
    }

    public Task CloseAsync() => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, gone);

    public void Dispose() => _ended.TrySetResult();
}
