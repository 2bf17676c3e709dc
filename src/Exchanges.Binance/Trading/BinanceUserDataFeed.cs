using System.Net.WebSockets;
using System.Text.Json;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Exchanges.Binance.Settings;
using BtcAgent.Exchanges.Binance.Streams;
using BtcAgent.Exchanges.Binance.Trading.Payloads;
using BtcAgent.Exchanges.Binance.Trading.Signing;
using BtcAgent.Exchanges.Binance.Trading.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Exchanges.Binance.Trading;

/// <summary>
/// Holds the WebSocket API connection open: orders go out on it, and the account's events come in. A connection that
/// owes an event for too long is dropped; after every reconnect the sink is told, so that it asks for what it missed. One that
/// gets too old, or whose server announces its shutdown, is exchanged while it still works: nothing is missed, and the sink
/// is not told.
/// </summary>
public sealed partial class BinanceUserDataFeed(
    BinanceTradingSession session,
    UserDataWatch watch,
    IOptions<BinanceTradingOptions> options,
    IOptions<BinanceOptions> binance,
    TimeProvider time,
    ILogger<BinanceUserDataFeed> logger) : IUserDataFeed
{
    /// <summary>Beside the wait for answers: what was on its way on the old connection still comes.</summary>
    private static readonly TimeSpan OverlapMin = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync(IUserDataSink sink, CancellationToken cancellationToken)
    {
        var backOff = NewBackOff();
        while (true)
        {
            string reason;
            try
            {
                reason = await RunOnceAsync(sink, backOff, cancellationToken);
            }
            catch (Exception e) when (IsConnectionProblem(e) && !cancellationToken.IsCancellationRequested)
            {
                reason = e.Message;
            }

            await sink.OnDisconnectedAsync(reason);
            var pause = backOff.Next();
            LogDisconnected(logger, reason, pause.TotalSeconds);
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <returns>Why it ended.</returns>
    private async Task<string> RunOnceAsync(IUserDataSink sink, BackOff backOff, CancellationToken cancellationToken)
    {
        await session.Gate.Weights.WaitUntilOpenAsync(cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var lines = new UserDataLines(
            OpenAsync, session, NewBackOff(), TimeSpan.FromHours(binance.Value.ConnectionHoursMax), time, logger);
        var (handing, keeping) = (Task.CompletedTask, Task.CompletedTask);
        try
        {
            await lines.OpenAsync(ended.Token);
            handing = HandAllAsync(lines, sink, ended.Token);
            watch.Open();
            LogConnected(logger);
            await sink.OnConnectedAsync();
            backOff.Reset();
            keeping = lines.KeepFreshAsync(TimeSpan.FromSeconds(options.Value.AnswerTimeoutSeconds) + OverlapMin, ended.Token);
            return await GuardAsync(lines, handing, keeping, ended.Token);
        }
        finally
        {
            watch.Close();
            await ended.CancelAsync();
            await Task.WhenAll(handing, keeping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Returns when the venue ends the stream.</summary>
    private async Task HandAllAsync(UserDataLines lines, IUserDataSink sink, CancellationToken cancellationToken)
    {
        await foreach (var (line, message) in lines.Events.ReadAllAsync(cancellationToken))
        {
            if (await HandAsync(line, message, sink) && lines.IsCurrent(line))
            {
                return;
            }
        }
    }

    /// <summary>Connected, and subscribed to user data.</summary>
    /// <exception cref="ExecutionVenueException">The venue refuses this account's data for good.</exception>
    /// <exception cref="WebSocketException">Not now.</exception>
    private async Task<UserDataLine> OpenAsync(Action<UserDataLine, JsonElement> onEvent, CancellationToken cancellationToken)
    {
        var line = new UserDataLine(await ConnectAsync(cancellationToken), time);
        try
        {
            line.Read(onEvent, cancellationToken);
            var subscribed = await session.SendOnAsync(line.Connection, ApiCall.Subscribe, new RequestParameters(), cancellationToken);
            return subscribed.Outcome switch
            {
                VenueOutcome.Done => line,
                VenueOutcome.Halt => throw new ExecutionVenueException($"the venue refuses user data: {subscribed.Reason}"),
                _ => throw new WebSocketException($"no subscription to user data: {subscribed.Reason}"),
            };
        }
        catch
        {
            line.Dispose();
            await line.Reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private async Task<WebSocketApiConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.AnswerTimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        return await WebSocketApiConnection.OpenAsync(
            options.Value.WebSocketApiAddress,
            TimeSpan.FromSeconds(binance.Value.KeepAliveSeconds),
            session.Credentials,
            session.Gate,
            time,
            either.Token);
    }

    /// <summary>Waits for the end, and brings it about when the stream owes an event.</summary>
    private async Task<string> GuardAsync(UserDataLines lines, Task handing, Task keeping, CancellationToken cancellationToken)
    {
        var silence = TimeSpan.FromSeconds(options.Value.SilenceSeconds);
        while (true)
        {
            var current = lines.Current;
            var first = await Task.WhenAny(current.Reading, handing, keeping, Task.Delay(LookEvery, time, cancellationToken));
            if (first == current.Reading && !lines.IsCurrent(current))
            {
                continue; // Another has taken its place.
            }

            await first;
            if (first == current.Reading || first == handing)
            {
                return first == handing ? "the venue ended the stream" : "the venue closed the connection";
            }

            if (watch.OldestOwed() > silence)
            {
                return $"the stream is silent: an answered order has not shown for {options.Value.SilenceSeconds} s";
            }
        }
    }

    private BackOff NewBackOff() => new(
        TimeSpan.FromSeconds(binance.Value.BackOffStartSeconds),
        TimeSpan.FromSeconds(binance.Value.BackOffMaxSeconds),
        new Random(binance.Value.JitterSeed));

    /// <returns>True when the venue ends the stream.</returns>
    private async Task<bool> HandAsync(UserDataLine line, JsonElement message, IUserDataSink sink)
    {
        if (!UserEventParser.TryRead(message, out var userEvent, out var problem))
        {
            LogUnreadable(logger, problem ?? "");
            await sink.OnUnreadableAsync(UserEventParser.SymbolOf(message), problem ?? "", message.GetRawText());
            return false;
        }

        if (userEvent!.Order is var (_, report) && report is not null)
        {
            watch.Heard(report.ClientOrderId, report.Kind);
            await sink.OnReportAsync(report.VenueOrder!.Instrument, report);
        }
        else if (userEvent.Transfer is { } transfer)
        {
            await sink.OnTransferAsync(transfer with { Id = line.Transfers.Next(transfer.Id) });
        }
        else if (userEvent.OtherSymbol is { } symbol)
        {
            await sink.OnOtherSymbolAsync(symbol);
        }
        else if (userEvent.IsServerShutdown)
        {
            line.Leave();
        }

        return userEvent.IsTerminated;
    }

    internal static bool IsConnectionProblem(Exception e) => e is WebSocketException or IOException or OperationCanceledException
        or HttpRequestException || JsonReading.IsOtherShape(e)
        || (e is ExecutionVenueException && e.InnerException is not null);
}
