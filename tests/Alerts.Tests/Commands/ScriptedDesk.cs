using System.Collections.Immutable;
using BtcAgent.Alerts.Commands;
using BtcAgent.Domain.Alerts;
using BtcAgent.Domain.Audit;

namespace BtcAgent.Alerts.Tests.Commands;

/// <summary>An agent that notes what a chat does to it.</summary>
internal sealed class ScriptedDesk : IChatDesk
{
    public List<string> Done { get; } = [];

    public List<AuditDraft> Audit { get; } = [];

    /// <summary>Steps of a halt that stay pending; null for none.</summary>
    public string? Pending { get; set; }

    public IReadOnlyCollection<string> Portfolios => ["main", "second"];

    public Task<string> DescribeAsync() => Task.FromResult("armed\nmain: active\n");

    public Task<IReadOnlyCollection<Alert>> ListAlertsAsync() => Task.FromResult<IReadOnlyCollection<Alert>>([Alert("a1")]);

    public Task<Alert?> AcknowledgeAsync(string id, string by)
    {
        Done.Add($"ack {id} by {by}");
        return Task.FromResult(id == "a1" ? Alert(id) : null);
    }

    public Task<string?> HaltAsync(string? portfolio, string by)
    {
        Done.Add($"halt {portfolio ?? "all"} by {by}");
        return Task.FromResult(Pending);
    }

    public Task RecordAsync(AuditDraft draft)
    {
        Audit.Add(draft);
        return Task.CompletedTask;
    }

    private static Alert Alert(string id) => new()
    {
        Id = id,
        Name = "BreakerTripped",
        Severity = AlertSeverity.Critical,
        Labels = ImmutableSortedDictionary<string, string>.Empty,
        Summary = "main: halted",
        Detail = "",
        Source = "agent",
        Phase = AlertPhase.Firing,
        PendingSince = DateTimeOffset.UnixEpoch,
        FiringSince = DateTimeOffset.UnixEpoch,
    };
}
