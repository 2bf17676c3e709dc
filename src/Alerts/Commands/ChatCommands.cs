using System.Globalization;
using BtcAgent.Alerts.Delivery;
using BtcAgent.Alerts.Settings;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Audit;

namespace BtcAgent.Alerts.Commands;

/// <summary>
/// The commands of one chat. Only those from this chat, by a listed person with the role, and not old, are carried out; a halt only after the
/// same person has repeated a code. Others are audited and counted, and strangers get no answer.
/// </summary>
/// <param name="chatId">The chat.</param>
/// <param name="operators">The people, with their roles.</param>
/// <param name="desk">The agent.</param>
/// <param name="newCode">Makes the code of a confirmation.</param>
/// <param name="time">The clock.</param>
internal sealed class ChatCommands(
    string chatId, IReadOnlyList<TelegramOperatorOptions> operators, IChatDesk desk, Func<string> newCode, TimeProvider time)
{
    /// <summary>Older commands are refused: they were sent while the agent did not run.</summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromMinutes(2);

    /// <summary>How long a code can be repeated.</summary>
    public static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(60);

    private const string Help = "/status, /ack (list), /ack ID, /halt (all), /halt PORTFOLIO, then /confirm CODE";
    private const int RefusalsPerMinuteMax = 30;
    private const int ListedMax = 20;

    private readonly Dictionary<long, PendingHalt> _pending = [];
    private DateTimeOffset _minute;
    private int _refusals;

    /// <returns>The answer; null for none.</returns>
    public async Task<string?> AnswerAsync(ChatMessage message)
    {
        if (!message.Text.StartsWith('/'))
        {
            return null;
        }

        var words = message.Text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var command = words[0].Split('@')[0].ToLowerInvariant();
        var caller = message.ChatId == chatId ? operators.FirstOrDefault(person => person.UserId == message.UserId) : null;
        if (caller is null)
        {
            await RefuseAsync(message, null, command, "not a person of this chat");
            return null;
        }

        if (time.GetUtcNow() - message.SentAt > AgeMax)
        {
            await RefuseAsync(message, caller, command, "too old");
            return $"Not done: {command} is older than {AgeMax.TotalMinutes} minutes. Send it again.";
        }

        var argument = words.Length > 1 ? words[1] : null;
        return command switch
        {
            "/status" => await desk.DescribeAsync() + await AlertsAsync(),
            "/help" or "/start" => Help,
            "/ack" when argument is null => await AlertsAsync(),
            "/ack" or "/halt" or "/confirm" when caller.Role < AccessRole.Trader => await ForbidAsync(message, caller, command),
            "/ack" => await AcknowledgeAsync(message, caller, argument!),
            "/halt" => await AskAsync(message, caller, argument),
            "/confirm" => await ConfirmAsync(message, caller, argument),
            _ => $"No such command. {Help}",
        };
    }

    private async Task<string> AlertsAsync()
    {
        var open = (await desk.ListAlertsAsync()).Where(alert => alert is { IsFiring: true, IsSilent: false, Acknowledged: null }).Take(ListedMax).ToList();
        return open.Count == 0
            ? "No alert waits."
            : string.Join('\n', open.Select(alert => $"{alert.Severity.ToString().ToLowerInvariant()} {alert.Name}: {alert.Summary}\n  /ack {alert.Id}"));
    }

    private async Task<string> AcknowledgeAsync(ChatMessage message, TelegramOperatorOptions caller, string id)
    {
        var alert = await desk.AcknowledgeAsync(id, caller.Name);
        await desk.RecordAsync(Draft(message, caller, "acknowledge-alert", id, alert is null ? AuditOutcome.Refused : AuditOutcome.Done, null));
        return alert is null ? "No alert with this id fires or is pending: /ack lists them." : $"Acknowledged: {alert.Name}. No repeats until it is resolved.";
    }

    private async Task<string> AskAsync(ChatMessage message, TelegramOperatorOptions caller, string? portfolio)
    {
        if (portfolio is not null && !desk.Portfolios.Contains(portfolio))
        {
            await RefuseAsync(message, caller, "/halt", "unknown portfolio");
            return $"There is no such portfolio: there are {string.Join(", ", desk.Portfolios)}.";
        }

        var code = newCode();
        _pending[caller.UserId] = new PendingHalt(code, portfolio, time.GetUtcNow() + ConfirmWithin);
        return $"Halt {portfolio ?? "every portfolio"}: no new orders, open ones are cancelled, positions stay. Send /confirm {code} within {ConfirmWithin.TotalSeconds} s.";
    }

    private async Task<string> ConfirmAsync(ChatMessage message, TelegramOperatorOptions caller, string? code)
    {
        // One try for each code: a wrong one voids it.
        if (!_pending.Remove(caller.UserId, out var asked) || asked.Code != code || time.GetUtcNow() > asked.Until)
        {
            await RefuseAsync(message, caller, "/confirm", "wrong or old code");
            return "Nothing waits for this code. Send /halt again.";
        }

        // The halt waits for nothing, not even for the audit.
        var pending = await desk.HaltAsync(asked.Portfolio, caller.Name);
        await desk.RecordAsync(Draft(
            message, caller, "halt", asked.Portfolio ?? "", pending is null ? AuditOutcome.Done : AuditOutcome.Pending, pending));
        return pending is null ? $"Halted: {asked.Portfolio ?? "every portfolio"}." : $"The halt is in force; not complete yet: {pending}";
    }

    private async Task<string> ForbidAsync(ChatMessage message, TelegramOperatorOptions caller, string command)
    {
        await RefuseAsync(message, caller, command, "needs the role trader");
        return $"{command} needs the role trader; you have {AccessRoles.NameOf(caller.Role)}.";
    }

    private async Task RefuseAsync(ChatMessage message, TelegramOperatorOptions? caller, string command, string why)
    {
        AlertMeter.CommandsRefused.Add(1);
        var now = time.GetUtcNow();
        if (now - _minute >= TimeSpan.FromMinutes(1))
        {
            (_minute, _refusals) = (now, 0);
        }

        if (++_refusals <= RefusalsPerMinuteMax)
        {
            var known = command is "/ack" or "/halt" or "/confirm" or "/status" or "/help" or "/start" ? command : "/(unknown)";
            await desk.RecordAsync(Draft(message, caller, $"telegram {known}", "", AuditOutcome.Refused, why));
        }
    }

    private static AuditDraft Draft(
        ChatMessage message, TelegramOperatorOptions? caller, string action, string subject, AuditOutcome outcome, string? after) => new()
        {
            // A message that is delivered again is recorded once.
            Id = string.Create(CultureInfo.InvariantCulture, $"telegram/{message.ChatId}/{message.Number}/{outcome}"),
            Kind = AuditKind.Operator,
            Actor = caller?.Name ?? "(not listed)",
            Role = caller is null ? null : AccessRoles.NameOf(caller.Role),
            Address = string.Create(CultureInfo.InvariantCulture, $"telegram user {message.UserId}"),
            Action = action,
            Subject = subject.Length <= 64 ? subject : subject[..64],
            Reason = "by Telegram",
            After = after,
            Outcome = outcome,
        };

    /// <summary>A halt that waits for its code.</summary>
    private sealed record PendingHalt(string Code, string? Portfolio, DateTimeOffset Until);
}
