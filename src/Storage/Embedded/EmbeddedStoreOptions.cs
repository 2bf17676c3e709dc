using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Storage.Embedded;

/// <summary>Options of the embedded store: section <c>Store</c>.</summary>
public sealed class EmbeddedStoreOptions
{
    public const string Section = "Store";

    /// <summary>Data folder, created when missing. Default <c>./data</c>.</summary>
    [Required]
    public string Folder { get; set; } = "data";

    /// <summary>Failures that a confirmed state write survives. Default <see cref="Durability.PowerLoss"/>.</summary>
    [EnumDataType(typeof(Durability))]
    public Durability Durability { get; set; } = Durability.PowerLoss;

    /// <summary>Largest size of <c>state.db</c>, MiB; a write beyond it fails. Range 1…1,048,576, default 4,096.</summary>
    [Range(1, 1_048_576)]
    public int StateSizeMaxMb { get; set; } = 4_096;

    /// <summary>State writes that may wait for the disk before callers wait too. Range 1…1,000,000, default 4,096.</summary>
    [Range(1, 1_000_000)]
    public int StateQueueMax { get; set; } = 4_096;

    /// <summary>Maximum number of writes in one transaction. Range 1…100,000, default 512.</summary>
    [Range(1, 100_000)]
    public int BatchMax { get; set; } = 512;

    /// <summary>
    /// Maximum number of journal entries; the oldest are deleted first. Range 1…1,000,000,000, default 1,000,000.
    /// </summary>
    [Range(1, 1_000_000_000)]
    public int JournalRowsMax { get; set; } = 1_000_000;

    /// <summary>Days that the journal keeps an entry. Range 1…36,500, default 30.</summary>
    [Range(1, 36_500)]
    public int JournalDaysMax { get; set; } = 30;

    /// <summary>
    /// Maximum size of the journal, MiB; the oldest entries are deleted first. Range 1…1,048,576, default 4,096, about a week
    /// of one strategy.
    /// </summary>
    [Range(1, 1_048_576)]
    public int JournalSizeMaxMb { get; set; } = 4_096;

    /// <summary>Code of a refusal, to accept a state that does not match the journal. Default null: accepts none.</summary>
    public string? AcceptState { get; set; }
}
