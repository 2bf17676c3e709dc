using System.Text.Json;
using BtcAgent.Exchanges.Binance.Trading.Payloads;
using BtcAgent.Exchanges.Binance.Trading.Transport;

namespace BtcAgent.Exchanges.Binance.Trading;

/// <summary>One connection to the WebSocket API with its subscription to user data, and the reading of it.</summary>
internal sealed class UserDataLine(WebSocketApiConnection connection, TimeProvider time) : IDisposable
{
    private readonly TaskCompletionSource _toldToLeave = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _openedAt = time.GetTimestamp();

    public WebSocketApiConnection Connection => connection;

    /// <summary>Ends when the connection does.</summary>
    public Task Reading { get; private set; } = Task.CompletedTask;

    /// <summary>Ends when the server says that it shuts down.</summary>
    public Task ToldToLeave => _toldToLeave.Task;

    /// <summary>Numbers this line's equal transfers: another line numbers the same ones alike, so that they count once.</summary>
    public RepeatedIds Transfers { get; } = new();

    public TimeSpan Age => time.GetElapsedTime(_openedAt);

    /// <summary>Answers to requests come this way too, so reading never waits for what an event sets off.</summary>
    public void Read(Action<UserDataLine, JsonElement> onEvent, CancellationToken cancellationToken) =>
        Reading = connection.ReadAsync(
            message =>
            {
                onEvent(this, message);
                return Task.CompletedTask;
            },
            cancellationToken);

    public void Leave() => _toldToLeave.TrySetResult();

    public void Dispose() => connection.Dispose();
}
