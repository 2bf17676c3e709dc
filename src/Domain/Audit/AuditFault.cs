namespace BtcAgent.Domain.Audit;

/// <summary>A place where the chain is broken.</summary>
/// <param name="Day">The day's file.</param>
/// <param name="Line">Line in the file, from 1; 0 for its end.</param>
/// <param name="Sequence">First entry concerned; 0 when it cannot be read.</param>
/// <param name="Problem">The fault in words.</param>
public sealed record AuditFault(string Day, long Line, long Sequence, string Problem);
