using System.Collections.Immutable;
using BtcAgent.Domain.Audit;
using Orleans.Concurrency;

namespace BtcAgent.Contracts.Audit;

/// <summary>Key: <see cref="Key"/>, the only one. The chain of all recorded actions.</summary>
[Alias("IAuditLogGrain")]
public interface IAuditLogGrain : IGrainWithStringKey
{
    const string Key = "audit";

    /// <summary>Records actions in this order, durably before it returns; drafts that are recorded already are skipped.</summary>
    [Alias("Append")]
    Task<AuditHead> Append(ImmutableArray<AuditDraft> drafts);

    [Alias("GetHead"), AlwaysInterleave]
    Task<AuditHead> GetHead();

    /// <summary>The damage that was found when the audit was opened last, in one line; empty for none.</summary>
    [Alias("GetDamage"), AlwaysInterleave]
    Task<string> GetDamage();

    /// <summary>Entries with a lower number than <paramref name="before"/>, newest first.</summary>
    [Alias("Read"), AlwaysInterleave]
    Task<ImmutableArray<AuditEntry>> Read(long before, int limit);

    /// <summary>The days that have entries, oldest first.</summary>
    [Alias("GetDays"), AlwaysInterleave]
    Task<ImmutableArray<string>> GetDays();

    /// <summary>The stored lines of a day, as bytes.</summary>
    [Alias("Export"), AlwaysInterleave]
    Task<ImmutableArray<byte>> Export(string day);
}
