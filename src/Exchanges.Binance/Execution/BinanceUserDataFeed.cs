using System.Net.WebSockets;
using System.Text.Json;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Exchanges.Binance.Execution.Payloads;
using BtcAgent.Exchanges.Binance.Execution.Signing;
using BtcAgent.Exchanges.Binance.Execution.Transport;
using BtcAgent.Exchanges.Binance.Settings;
using BtcAgent.Exchanges.Binance.Streams;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Exchanges.Binance.Execution;

/// <summary>
/// Keeps the WebSocket API connection open: orders use it, and the account's events arrive on it. Drops a connection that
/// fails to deliver an expected event, and notifies the sink after every reconnect, so that the sink queries what it
/// missed. Replaces a connection that gets too old, or whose server announces its shutdown, while it still works: no event
/// is missed, and the sink is not notified.
/// </summary>
public sealed partial class BinanceUserDataFeed(
    BinanceTradingSession session,
    UserDataWatch watch,
    IOptions<BinanceTradingOptions> options,
    IOptions<BinanceOptions> binance,
    TimeProvider time,
    ILogger<BinanceUserDataFeed> logger) : IUserDataFeed
{
    /// <summary>Added to the wait for answers: time for data in flight on the old connection to arrive.</summary>
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

    /// <returns>Why the connection ended.</returns>
    private async Task<string> RunOnceAsync(IUserDataSink sink, BackOff backOff, CancellationToken cancellationToken)
    {
        await session.Gate.Weights.WaitUntilOpenAsync(cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var lines = new UserDataLines(
            OpenAsync, session, NewBackOff(), binance.Value.ConnectionAgeMax, time, logger);
        var (handing, keeping) = (Task.CompletedTask, Task.CompletedTask);
        try
        {
            await lines.OpenAsync(ended.Token);
            handing = HandAllAsync(lines, sink, ended.Token);
            watch.Open();
            LogConnected(logger);
            await sink.OnConnectedAsync();
            backOff.Reset();
            keeping = lines.KeepFreshAsync(options.Value.AnswerTimeout + OverlapMin, ended.Token);
            return await GuardAsync(lines, handing, keeping, ended.Token);
        }
        finally
        {
            watch.Close();
            await ended.CancelAsync();
            await Task.WhenAll(handing, keeping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Passes every event to the sink until the venue ends the stream.</summary>
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

    /// <summary>Opens a connection and subscribes to user data.</summary>
    /// <exception cref="ExecutionVenueException">The venue refuses this account's data permanently.</exception>
    /// <exception cref="WebSocketException">A temporary failure.</exception>
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
        using var limit = new CancellationTokenSource(options.Value.AnswerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        return await WebSocketApiConnection.OpenAsync(
            options.Value.WebSocketApiAddress,
            binance.Value.KeepAlive,
            session.Credentials,
            session.Gate,
            time,
            either.Token);
    }

    /// <summary>Waits for the end of the connection; ends it when an expected event does not arrive.</summary>
    private async Task<string> GuardAsync(UserDataLines lines, Task handing, Task keeping, CancellationToken cancellationToken)
    {
        var silence = options.Value.Silence;
        while (true)
        {
            var current = lines.Current;
            var first = await Task.WhenAny(current.Reading, handing, keeping, Task.Delay(LookEvery, time, cancellationToken));
            if (first == current.Reading && !lines.IsCurrent(current))
            {
                continue; // Another connection has replaced it.
            }

            await first;
            if (first == current.Reading || first == handing)
            {
                return first == handing ? "the venue ended the stream" : "the venue closed the connection";
            }

            if (watch.OldestOwed() > silence)
            {
                return $"the stream is silent: an acknowledged order has not appeared for {options.Value.SilenceSeconds} s";
            }
        }
    }

    private BackOff NewBackOff() => new(
        binance.Value.BackOffStart,
        binance.Value.BackOffMax,
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
            watch.Received(report.ClientOrderId, report.Kind);
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
