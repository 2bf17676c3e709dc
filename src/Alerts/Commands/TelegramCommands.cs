using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using BtcAgent.Alerts.Channels;
using BtcAgent.Alerts.Delivery;
using BtcAgent.Alerts.Settings;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Alerts.Commands;

/// <summary>
/// Takes the commands of every Telegram channel with operators, in one process at a time. A message is confirmed after it was handled: one
/// that is delivered again is carried out again, which changes nothing.
/// </summary>
/// <param name="options">The channels.</param>
/// <param name="desk">The agent.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class TelegramCommands(AlertOptions options, IChatDesk desk, TimeProvider time, ILogger<TelegramCommands> logger)
{
    private const int CodeBelow = 1_000_000;

    /// <summary>After an answer without messages: a server that does not wait is not asked all the time.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    /// <summary>Added to the server's wait, for a slow network.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>True when a channel takes commands.</summary>
    public static bool IsWanted(AlertOptions options) => options.Channels.Values.Any(channel => channel.Telegram?.Operators.Count > 0);

    /// <summary>Reads and answers until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(options.Channels
        .Where(channel => channel.Value.Telegram?.Operators.Count > 0)
        .Select(channel => RunAsync(channel.Key, channel.Value.Telegram!, cancellationToken)));

    private async Task RunAsync(string name, TelegramOptions telegram, CancellationToken cancellationToken)
    {
        using var http = new ChannelHttp();
        var bot = new TelegramBot(name, telegram, http);
        var commands = new ChatCommands(telegram.ChatId, telegram.Operators, desk, NewCode, time);
        var pause = new Backoff(name.Length);
        var (next, hasFailed) = (0L, false);
        LogStarted(logger, name, telegram.Operators.Count);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var (answer, messages) = await PollAsync(bot, next, cancellationToken);
                if (answer.Problem is null)
                {
                    (next, hasFailed) = (await HandleAsync(bot, commands, messages, next, cancellationToken), false);
                    pause.Reset();
                    if (messages.Count == 0)
                    {
                        await Task.Delay(Between, time, cancellationToken);
                    }

                    continue;
                }

                if (!hasFailed)
                {
                    LogFailed(logger, name, answer.Problem);
                }

                hasFailed = true;
                await Task.Delay(pause.Next(answer.RetryAfter), time, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task<(ChannelAnswer Answer, IReadOnlyList<ChatMessage> Messages)> PollAsync(TelegramBot bot, long next, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TelegramBot.PollTime + Grace, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await bot.ReadAsync(next, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (ChannelAnswer.Busy("the server does not answer"), []);
        }
        catch (JsonException)
        {
            return (ChannelAnswer.Busy("the server's answer is not that of a Bot API"), []);
        }
    }

    /// <returns>The number from which to read on.</returns>
    private async Task<long> HandleAsync(
        TelegramBot bot, ChatCommands commands, IReadOnlyList<ChatMessage> messages, long next, CancellationToken cancellationToken)
    {
        foreach (var message in messages.Where(message => message.Number >= next).OrderBy(message => message.Number))
        {
            string? said;
            try
            {
                said = await commands.AnswerAsync(message);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Such as a grain or an audit that does not answer: the halt itself waits for neither.
                LogNotDone(logger, e.Message);
                said = "This may not have been carried out or recorded: see /status and the agent's log.";
            }

            if (said is not null && (await bot.SayAsync(message.ChatId, said, cancellationToken)).Problem is { } problem)
            {
                LogNotAnswered(logger, problem);
            }

            next = message.Number + 1;
        }

        return next;
    }

    private static string NewCode() => RandomNumberGenerator.GetInt32(CodeBelow).ToString("D6", CultureInfo.InvariantCulture);

    [LoggerMessage(EventId = 1220, Level = LogLevel.Information, Message = "The channel {Channel} takes commands of {Count} people")]
    private static partial void LogStarted(ILogger logger, string channel, int count);

    [LoggerMessage(EventId = 1221, Level = LogLevel.Warning, Message = "Commands of the channel {Channel} cannot be read, next attempt soon: {Problem}")]
    private static partial void LogFailed(ILogger logger, string channel, string problem);

    [LoggerMessage(EventId = 1222, Level = LogLevel.Error, Message = "A command by Telegram failed: {Problem}")]
    private static partial void LogNotDone(ILogger logger, string problem);

    [LoggerMessage(EventId = 1223, Level = LogLevel.Warning, Message = "A command by Telegram was not answered: {Problem}")]
    private static partial void LogNotAnswered(ILogger logger, string problem);
}
