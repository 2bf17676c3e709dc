using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using BtcAgent.Exchanges.Simulator.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Exchanges.Simulator.Tests;

/// <summary>A started venue on a free port, reached over real sockets; every wait ends after ten seconds.</summary>
internal sealed class RunningVenue : IAsyncDisposable
{
    private readonly CancellationTokenSource _limit =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private RunningVenue(SimulatedVenue venue)
    {
        Venue = venue;
        Http = new HttpClient();
        _limit.CancelAfter(TimeSpan.FromSeconds(10));
    }

    public SimulatedVenue Venue { get; }

    public HttpClient Http { get; }

    public CancellationToken Limit => _limit.Token;

    public static async Task<RunningVenue> StartAsync(
        Action<SimulatorOptions>? configure = null, TimeProvider? time = null)
    {
        var options = new SimulatorOptions { HistorySeconds = 5 };
        configure?.Invoke(options);
        var running = new RunningVenue(
            new SimulatedVenue(options, time ?? TimeProvider.System, NullLoggerFactory.Instance));
        await running.Venue.StartAsync(running.Limit);
        running.Http.BaseAddress = running.Venue.RestAddress;
        return running;
    }

    public async Task<JsonElement> GetAsync(string path) =>
        JsonSerializer.Deserialize<JsonElement>(await Http.GetStringAsync(new Uri(path, UriKind.Relative), Limit));

    public async Task<ClientWebSocket> ConnectAsync(string path)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(Venue.StreamAddress, path), Limit);
        return socket;
    }

    /// <summary>The next whole message.</summary>
    public async Task<JsonElement> ReceiveAsync(ClientWebSocket socket)
    {
        var message = new MemoryStream();
        var buffer = new byte[16_384];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), Limit);
            Assert.NotEqual(WebSocketMessageType.Close, received.MessageType);
            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                return JsonSerializer.Deserialize<JsonElement>(message.ToArray());
            }
        }
    }

    /// <summary>Sends a request and skips market data until its answer.</summary>
    public async Task<JsonElement> AskAsync(ClientWebSocket socket, string request)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(request), WebSocketMessageType.Text, true, Limit);
        while (true)
        {
            var message = await ReceiveAsync(socket);
            if (message.TryGetProperty("id", out _))
            {
                return message;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Venue.DisposeAsync();
        _limit.Dispose();
    }
}
