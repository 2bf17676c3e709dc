using BtcAgent.Domain.Audit;

namespace BtcAgent.History.Audit;

/// <summary>Faults of a whole chain, apart from those that an entry of the chain states already.</summary>
/// <param name="First">The first fault with its place, in one line; null when there is none.</param>
/// <param name="IsStated">True when an entry of an earlier inspection states it.</param>
public sealed record AuditInspection(string? First, bool IsStated)
{
    /// <param name="folder">The folder of the audit.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static AuditInspection Of(string folder, CancellationToken cancellationToken)
    {
        var verified = AuditFiles.Verify(folder, _ => { }, cancellationToken);
        if (verified.Faults.Count == 0)
        {
            return new AuditInspection(null, false);
        }

        HashSet<(string Day, long Line)> places = [];
        List<string> reasons = [];
        foreach (var day in AuditFiles.Days(folder))
        {
            var line = 0L;
            AuditFiles.ForEachLine(
                AuditFiles.PathOf(folder, day),
                bytes =>
                {
                    line++;
                    if (bytes.IndexOf(DamagedAction) >= 0 && AuditFormat.Read(bytes) is { Action: AuditEnd.DamagedAction, Reason: { } reason })
                    {
                        places.Add((day, line));
                        reasons.Add(reason);
                    }
                },
                cancellationToken);
        }

        // What follows a damaged end is an entry that states it: the fault is at that line, or at the one before.
        var faults = verified.Faults.Where(fault => !places.Contains((fault.Day, fault.Line)) && !places.Contains((fault.Day, fault.Line + 1))).ToList();
        if (faults is not [var first, ..])
        {
            return new AuditInspection(null, false);
        }

        var text = FormattableString.Invariant($"{first.Day}, line {first.Line}: {first.Problem}");
        return new AuditInspection(faults.Count == 1 ? text : FormattableString.Invariant($"{text}, and {faults.Count - 1} further faults"), reasons.Any(reason => reason.StartsWith(text, StringComparison.Ordinal)));
    }

    private static ReadOnlySpan<byte> DamagedAction => "chain damaged"u8;
}
