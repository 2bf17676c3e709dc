using System.Collections.Immutable;
using Orleans.Concurrency;

namespace BtcAgent.Contracts.Audit;

/// <summary>
/// Key: number of the page, or <see cref="HeadKey"/>. Keeps a fixed number of consecutive entries in a cluster's store, and one
/// page the last entry alone, so that entries that were removed at the end are noticed.
/// </summary>
[Alias("IAuditPageGrain")]
public interface IAuditPageGrain : IGrainWithStringKey
{
    const string HeadKey = "head";

    /// <summary>Adds lines, and stores them before it returns.</summary>
    [Alias("Append")]
    Task Append(ImmutableArray<StoredAuditLine> lines);

    /// <summary>Replaces the content by one line, and stores it before it returns.</summary>
    [Alias("Replace")]
    Task Replace(StoredAuditLine line);

    [Alias("Read"), AlwaysInterleave]
    Task<ImmutableArray<StoredAuditLine>> Read();
}
