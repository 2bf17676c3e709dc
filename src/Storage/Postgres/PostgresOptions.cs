using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Storage.Postgres;

/// <summary>Options of the PostgreSQL store.</summary>
public sealed class PostgresOptions
{
    /// <summary>
    /// Connection string, such as <c>Host=db;Port=5432;Database=btcagent;Username=btcagent;Password=…</c>. Contains a secret:
    /// never log it. Required.
    /// </summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// Journal entries that may wait for the server; further ones are dropped and counted. Bounds the memory of an
    /// outage: an entry takes about twice the bytes of its JSON. Range 1…1,000,000, default 16,384.
    /// </summary>
    [Range(1, 1_000_000)]
    public int JournalQueueMax { get; set; } = 16_384;

    /// <summary>
    /// Maximum number of journal entries in one statement; the same number may be held in addition while it runs. Range
    /// 1…10,000, default 512.
    /// </summary>
    [Range(1, 10_000)]
    public int JournalBatchMax { get; set; } = 512;
}
