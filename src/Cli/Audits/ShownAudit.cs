using BtcAgent.Domain.Audit;

namespace BtcAgent.Cli.Audits;

/// <summary>Entries of an audit.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Entries">The newest chosen ones, oldest first.</param>
internal sealed record ShownAudit(string Folder, IReadOnlyList<AuditEntry> Entries);
