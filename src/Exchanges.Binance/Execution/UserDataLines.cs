using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using BtcAgent.Exchanges.Binance.Streams;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Exchanges.Binance.Execution;

/// <summary>
/// The connection for orders and user data, and its replacement while it still works. Both are read for a while: events
/// then arrive twice, and none is missed. Requests on the old connection still get their answers.
/// </summary>
internal sealed partial class UserDataLines(
    Func<Action<UserDataLine, JsonElement>, CancellationToken, Task<UserDataLine>> open,
    BinanceTradingSession session,
    BackOff backOff,
    TimeSpan ageMax,
    TimeProvider time,
    ILogger logger) : IAsyncDisposable
{
    private const int EventsWaitingMax = 65_536;

    /// <summary>A shutdown announced sooner than this after the previous one is answered with back-off.</summary>
    private static readonly TimeSpan YoungMax = TimeSpan.FromMinutes(1);

    private readonly Channel<(UserDataLine Line, JsonElement Message)> _events =
        Channel.CreateBounded<(UserDataLine Line, JsonElement Message)>(new BoundedChannelOptions(EventsWaitingMax) { SingleReader = true });

    private readonly List<Task> _retiring = [];
    private volatile UserDataLine? _current;

    public ChannelReader<(UserDataLine Line, JsonElement Message)> Events => _events.Reader;

    /// <exception cref="InvalidOperationException">None was opened.</exception>
    public UserDataLine Current => _current ?? throw new InvalidOperationException("no user data line is open");

    public bool IsCurrent(UserDataLine line) => line == _current;

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        _current = await open(Take, cancellationToken);
        session.Connection = _current.Connection;
    }

    /// <summary>
    /// Replaces each line that gets too old or whose server announces its shutdown; ends only by cancellation or a
    /// permanent refusal.
    /// </summary>
    /// <param name="overlap">How long the old line stays open after the new one is subscribed: longer than an answer may
    /// take.</param>
    /// <param name="cancellationToken">Ends all lines.</param>
    public async Task KeepFreshAsync(TimeSpan overlap, CancellationToken cancellationToken)
    {
        while (true)
        {
            var old = Current;
            var left = ageMax - old.Age;
            await await Task.WhenAny(old.ShutdownAnnounced, Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken));
            if (old.Age < YoungMax)
            {
                await Task.Delay(backOff.Next(), time, cancellationToken);
            }

            await ExchangeAsync(old, overlap, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        session.Connection = null;
        await Task.WhenAll([.. _retiring, _current?.Reading ?? Task.CompletedTask]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _current?.Dispose();
    }

    private async Task ExchangeAsync(UserDataLine old, TimeSpan overlap, CancellationToken cancellationToken)
    {
        while (true)
        {
            await session.Gate.Weights.WaitUntilOpenAsync(cancellationToken);
            try
            {
                var next = await open(Take, cancellationToken);
                _current = next;
                session.Connection = next.Connection;
                LogExchanged(logger, old.ShutdownAnnounced.IsCompleted ? "its server shuts down" : "it is too old");
                _retiring.RemoveAll(task => task.IsCompleted);
                _retiring.Add(RetireAsync(old, overlap, cancellationToken));
                return;
            }
            catch (Exception e) when (BinanceUserDataFeed.IsConnectionProblem(e) && !cancellationToken.IsCancellationRequested)
            {
                var pause = backOff.Next();
                LogNotExchanged(logger, e.Message, pause.TotalSeconds);
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    private async Task RetireAsync(UserDataLine old, TimeSpan overlap, CancellationToken cancellationToken)
    {
        await Task.WhenAny(old.Reading, Task.Delay(overlap, time, cancellationToken));
        old.Dispose();
        await old.Reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Take(UserDataLine line, JsonElement message)
    {
        if (!_events.Writer.TryWrite((line, message)))
        {
            throw new WebSocketException($"{EventsWaitingMax} events are waiting: the agent does not keep up");
        }
    }
}
