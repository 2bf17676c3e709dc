using System.Text.Json;
using BtcAgent.Exchanges.Binance.Execution.Payloads;
using BtcAgent.Exchanges.Binance.Execution.Transport;

namespace BtcAgent.Exchanges.Binance.Execution;

/// <summary>One connection to the WebSocket API with its subscription to user data and its read loop.</summary>
internal sealed class UserDataLine(WebSocketApiConnection connection, TimeProvider time) : IDisposable
{
    private readonly TaskCompletionSource _shutdownAnnounced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _openedAt = time.GetTimestamp();

    public WebSocketApiConnection Connection => connection;

    /// <summary>Ends when the connection does.</summary>
    public Task Reading { get; private set; } = Task.CompletedTask;

    /// <summary>Completes when the server announces its shutdown.</summary>
    public Task ShutdownAnnounced => _shutdownAnnounced.Task;

    /// <summary>Numbers this line's equal transfers; every line numbers them alike, so that each counts once.</summary>
    public RepeatedIds Transfers { get; } = new();

    public TimeSpan Age => time.GetElapsedTime(_openedAt);

    /// <summary>
    /// Starts the read loop. Answers to requests arrive on it as well, so it never waits for the handling of an event.
    /// </summary>
    public void Read(Action<UserDataLine, JsonElement> onEvent, CancellationToken cancellationToken) =>
        Reading = connection.ReadAsync(
            message =>
            {
                onEvent(this, message);
                return Task.CompletedTask;
            },
            cancellationToken);

    public void Leave() => _shutdownAnnounced.TrySetResult();

    public void Dispose() => connection.Dispose();
}
