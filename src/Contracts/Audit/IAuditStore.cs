using BtcAgent.Domain.Audit;

namespace BtcAgent.Contracts.Audit;

/// <summary>
/// Keeps the entries of the audit for good. Append-only: nothing deletes or changes an entry. One writer at a time.
/// </summary>
public interface IAuditStore
{
    /// <summary>Finds the last entry that was ever acknowledged, and compares the end of the chain with what the caller knows.</summary>
    /// <param name="known">The last entry by the caller's own state, which is not kept with the entries; null when it has none.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    Task<AuditOpening> OpenAsync(AuditHead? known, CancellationToken cancellationToken);

    /// <summary>Stores lines durably and in order before it returns; after a failure the first ones may be stored.</summary>
    Task AppendAsync(IReadOnlyList<AuditLine> lines, CancellationToken cancellationToken);

    /// <summary>Entries with a lower number than <paramref name="before"/>, newest first.</summary>
    Task<IReadOnlyList<AuditEntry>> ReadAsync(long before, int limit, CancellationToken cancellationToken);

    /// <summary>The days that have entries, oldest first.</summary>
    Task<IReadOnlyList<string>> DaysAsync(CancellationToken cancellationToken);

    /// <summary>The stored bytes of a day, one line for each entry.</summary>
    Task<byte[]> ExportAsync(string day, CancellationToken cancellationToken);
}
