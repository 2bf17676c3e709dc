using BtcAgent.Domain.Audit;

namespace BtcAgent.Cli.Audits;

/// <summary>The result of a verification.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="HasHead">False where the record of the last entry is missing: the end could not be checked.</param>
/// <param name="Days">Files read.</param>
/// <param name="Entries">Entries read.</param>
/// <param name="LastSequence">Number of the last entry.</param>
/// <param name="LastHash">Hash of the last entry: note it elsewhere, and give it with <c>--head</c> another time.</param>
/// <param name="Seconds">Duration.</param>
/// <param name="FaultCount">Faults found.</param>
/// <param name="Faults">The first of them.</param>
internal sealed record VerifiedAudit(
    string Folder, bool HasHead, int Days, long Entries, long LastSequence, string LastHash, double Seconds, long FaultCount, IReadOnlyList<AuditFault> Faults);
