namespace BtcAgent.Storage.Embedded;

/// <summary>The decisions of a log, stored for reading by id, together with how far the log was read.</summary>
public interface IJournal
{
    /// <summary>The offset after the last stored one of a partition; null when none was ever stored.</summary>
    Task<long?> NextAsync(string log, string topic, int partition, CancellationToken cancellationToken);

    /// <summary>
    /// Stores entries and the place after them in one transaction: both or neither. An entry whose id is stored already is
    /// left out.
    /// </summary>
    Task StoreAsync(IReadOnlyList<JournalEntry> entries, JournalPlace place, CancellationToken cancellationToken);

    /// <summary>Returns null for an unknown id.</summary>
    Task<JournalEntry?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Returns the newest entries, newest first.</summary>
    Task<IReadOnlyList<JournalEntry>> ListAsync(string? kind, string? portfolio, int limit, CancellationToken cancellationToken);
}
