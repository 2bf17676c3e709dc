using BtcAgent.Domain.Alerts;
using BtcAgent.Domain.Audit;

namespace BtcAgent.Alerts.Commands;

/// <summary>The agent that the commands of a chat operate.</summary>
public interface IChatDesk
{
    /// <summary>Ids of the portfolios.</summary>
    IReadOnlyCollection<string> Portfolios { get; }

    /// <summary>Returns lines on trading and its breakers.</summary>
    Task<string> DescribeAsync();

    Task<IReadOnlyCollection<Alert>> ListAlertsAsync();

    /// <returns>The alert; null when none with this id fires or is pending.</returns>
    Task<Alert?> AcknowledgeAsync(string id, string by);

    /// <summary>Halts a portfolio, or all.</summary>
    /// <returns>The steps that are still pending; null when the halt is complete.</returns>
    Task<string?> HaltAsync(string? portfolio, string by);

    /// <summary>Writes to the audit, durably before it returns.</summary>
    Task RecordAsync(AuditDraft draft);
}
