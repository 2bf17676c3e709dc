using BtcAgent.Domain.Audit;

namespace BtcAgent.Cli.Audits;

/// <summary>The result of a fetch.</summary>
/// <param name="Folder">The folder of the copy.</param>
/// <param name="Days">Days that the agent has.</param>
/// <param name="NewBytes">Bytes added to the copy.</param>
/// <param name="Head">Last entry of the chain before the fetch; the copy contains it.</param>
internal sealed record FetchedAudit(string Folder, int Days, long NewBytes, AuditHead Head);
