namespace BtcAgent.Domain.Audit;

/// <summary>Compares the end of a stored chain with two records of it: one beside the entries, one of the agent's own state. Pure.</summary>
public static class AuditEnd
{
    /// <summary>The action of an entry that says where the chain before it is damaged.</summary>
    public const string DamagedAction = "chain damaged";

    /// <summary>The entry that the chain continues from: the last one that any of the three knows; the agent's own state decides between equal numbers.</summary>
    public static AuditHead Latest(AuditHead last, AuditHead? head, AuditHead? known) =>
        new[] { known, head, last }.OfType<AuditHead>().MaxBy(end => end.Sequence) ?? AuditHead.Genesis;

    /// <param name="last">The last entry that is stored.</param>
    /// <param name="head">The record beside the entries; null when it is missing or damaged.</param>
    /// <param name="known">The last entry by the agent's state; null when it has none. The stored chain may be longer.</param>
    /// <param name="hashOf">Returns the hash of a stored entry; null when it is not stored.</param>
    /// <returns>The damage in words; null for none.</returns>
    public static string? Damage(AuditHead last, AuditHead? head, AuditHead? known, Func<long, string?> hashOf)
    {
        var end = Latest(last, head, known);
        return end.Sequence == 0 && last.Sequence == 0 && known is null ? null
            : last.Sequence < end.Sequence ? Missing(last.Sequence + 1, end.Sequence)
            : head is null ? $"the record of the last entry is missing or damaged; the entries end with {last.Sequence}"
            : Other(head, hashOf) ?? Other(known, hashOf);
    }

    /// <summary>The damage of a stored entry that is another one than recorded.</summary>
    private static string? Other(AuditHead? recorded, Func<long, string?> hashOf) =>
        recorded is { Sequence: > 0 } && hashOf(recorded.Sequence) is var hash && hash != recorded.Hash
            ? hash is null ? $"entry {recorded.Sequence} is missing or damaged" : $"entry {recorded.Sequence} was replaced: it has the hash {hash}, not {recorded.Hash}"
            : null;

    private static string Missing(long first, long last) =>
        first == last ? $"entry {first} is missing at the end" : $"entries {first} to {last} are missing at the end";
}
