using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Exchanges.Binance.Streams;
using BtcAgent.Exchanges.Binance.Trading.Payloads;
using BtcAgent.Exchanges.Binance.Trading.Signing;
using BtcAgent.Exchanges.Binance.Trading.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Exchanges.Binance.Trading;

/// <summary>
/// Holds the WebSocket API connection open: orders go out on it, and the account's events come in. A connection that
/// owes an event for too long is dropped; after every reconnect the sink is told, so that it asks for what it missed.
/// </summary>
public sealed partial class BinanceUserDataFeed(
    BinanceTradingSession session,
    UserDataWatch watch,
    IOptions<BinanceTradingOptions> options,
    IOptions<BinanceOptions> binance,
    TimeProvider time,
    ILogger<BinanceUserDataFeed> logger) : IUserDataFeed
{
    private const int EventsWaitingMax = 65_536;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync(IUserDataSink sink, CancellationToken cancellationToken)
    {
        var backOff = new BackOff(
            TimeSpan.FromSeconds(binance.Value.BackOffStartSeconds),
            TimeSpan.FromSeconds(binance.Value.BackOffMaxSeconds),
            new Random(binance.Value.JitterSeed));
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
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var connection = await OpenAsync(ended.Token);
        var queue = Channel.CreateBounded<JsonElement>(new BoundedChannelOptions(EventsWaitingMax) { SingleReader = true, SingleWriter = true });
        var handing = HandAllAsync(queue.Reader, sink, ended.Token);
        var reading = ReadAsync(connection, queue.Writer, ended.Token);
        try
        {
            var subscribed = await session.SendOnAsync(connection, ApiCall.Subscribe, new RequestParameters(), ended.Token);
            if (subscribed.Outcome == VenueOutcome.Halt)
            {
                throw new ExecutionVenueException($"the venue refuses user data: {subscribed.Reason}");
            }

            if (subscribed.Outcome != VenueOutcome.Done)
            {
                return $"no subscription to user data: {subscribed.Reason}";
            }

            watch.Open();
            session.Connection = connection;
            LogConnected(logger);
            await sink.OnConnectedAsync();
            backOff.Reset();
            return await GuardAsync(reading, handing, ended.Token);
        }
        finally
        {
            session.Connection = null;
            watch.Close();
            await ended.CancelAsync();
            await Task.WhenAll(reading, handing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Answers to requests come this way too, so reading never waits for what an event sets off.</summary>
    private static async Task ReadAsync(
        WebSocketApiConnection connection, ChannelWriter<JsonElement> queue, CancellationToken cancellationToken) =>
        await connection.ReadAsync(
            message => queue.TryWrite(message)
                ? Task.CompletedTask
                : throw new WebSocketException($"{EventsWaitingMax} events wait: the agent does not keep up"),
            cancellationToken);

    /// <summary>Returns when the venue ends the stream.</summary>
    private async Task HandAllAsync(ChannelReader<JsonElement> queue, IUserDataSink sink, CancellationToken cancellationToken)
    {
        var transfers = new RepeatedIds();
        await foreach (var message in queue.ReadAllAsync(cancellationToken))
        {
            if (await HandAsync(message, transfers, sink))
            {
                return;
            }
        }
    }

    private async Task<WebSocketApiConnection> OpenAsync(CancellationToken cancellationToken)
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

    /// <summary>Waits for the end, and brings it about when the stream owes an event or the connection is too old.</summary>
    private async Task<string> GuardAsync(Task reading, Task handing, CancellationToken cancellationToken)
    {
        var opened = time.GetTimestamp();
        var silence = TimeSpan.FromSeconds(options.Value.SilenceSeconds);
        var ageMax = TimeSpan.FromHours(binance.Value.ConnectionHoursMax);
        while (true)
        {
            var first = await Task.WhenAny(reading, handing, Task.Delay(LookEvery, time, cancellationToken));
            await first;
            if (first == reading || first == handing)
            {
                return first == reading ? "the venue closed the connection" : "the venue ended the stream";
            }

            if (watch.OldestOwed() > silence)
            {
                return $"the stream is silent: an answered order has not shown for {options.Value.SilenceSeconds} s";
            }

            if (time.GetElapsedTime(opened) > ageMax)
            {
                return "renewed before the venue closes it";
            }
        }
    }

    /// <returns>True when the venue ends the stream.</returns>
    private async Task<bool> HandAsync(JsonElement message, RepeatedIds transfers, IUserDataSink sink)
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
            await sink.OnTransferAsync(transfer with { Id = transfers.Next(transfer.Id) });
        }
        else if (userEvent.OtherSymbol is { } symbol)
        {
            await sink.OnOtherSymbolAsync(symbol);
        }

        return userEvent.IsTerminated;
    }

    private static bool IsConnectionProblem(Exception e) => e is WebSocketException or IOException or OperationCanceledException
        or HttpRequestException || JsonReading.IsOtherShape(e)
        || (e is ExecutionVenueException && e.InnerException is not null);
}
