using BtcAgent.Alerts.Commands;
using BtcAgent.Contracts.Alerts;
using BtcAgent.Contracts.Audit;
using BtcAgent.Contracts.Control;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Alerts;
using BtcAgent.Domain.Audit;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Alerts;

/// <summary>The grains behind the commands of a chat.</summary>
internal sealed class ChatDesk(IGrainFactory grains, IOptions<AgentOptions> options) : IChatDesk
{
    private const string Reason = "by Telegram";

    public IReadOnlyCollection<string> Portfolios { get; } = [.. options.Value.Portfolios.Select(portfolio => portfolio.Id)];

    private IAlertGrain Alerts => grains.GetGrain<IAlertGrain>(IAlertGrain.Key);

    private ITradingControlGrain Control => grains.GetGrain<ITradingControlGrain>(ITradingControlGrain.Key);

    public async Task<string> DescribeAsync()
    {
        var status = await Control.GetStatus();
        var lines = status.Breakers.Select(breaker => $"{breaker.Key}: {breaker.Value.Mode.ToString().ToLowerInvariant()}")
            .Prepend(status.IsArmed ? "armed" : "not armed");
        return string.Concat(lines.Select(line => $"{line}\n")) + (status.Pending is { } pending ? $"pending: {pending}\n" : "");
    }

    public async Task<IReadOnlyCollection<Alert>> ListAlertsAsync() => (await Alerts.List()).Alerts;

    public Task<Alert?> AcknowledgeAsync(string id, string by) => Alerts.Acknowledge(id, by, Reason, until: null);

    public async Task<string?> HaltAsync(string? portfolio, string by) => (await Control.Halt(Reason, by, portfolio)).Pending;

    public Task RecordAsync(AuditDraft draft) => grains.GetGrain<IAuditLogGrain>(IAuditLogGrain.Key).Append([draft]);
}
