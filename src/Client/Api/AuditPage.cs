using BtcAgent.Domain.Audit;

namespace BtcAgent.Client.Api;

/// <summary>A page of the audit, newest first.</summary>
/// <param name="Head">The last entry of the chain; note its hash elsewhere to notice a later rewrite of the whole chain.</param>
/// <param name="Entries">The entries.</param>
/// <param name="Before">Send as <c>before</c> for the next page; null on the last one.</param>
public sealed record AuditPage(AuditHead Head, IReadOnlyList<AuditEntry> Entries, long? Before);
