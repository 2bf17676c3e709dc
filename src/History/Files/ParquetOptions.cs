using System.ComponentModel.DataAnnotations;
using BtcAgent.Storage.Objects;

namespace BtcAgent.History.Files;

/// <summary>The history in Parquet files: section <c>History:Parquet</c>.</summary>
public sealed class ParquetOptions
{
    public const string Section = "History:Parquet";

    /// <summary>Stores facts as Parquet files. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Where the files are: a folder, by default <c>history</c> in the data folder, or S3.</summary>
    public ObjectStoreOptions Store { get; set; } = new();

    /// <summary>Longest time that a fact waits for its file, s. Range 1…86,400, default 60.</summary>
    [Range(1, 86_400)]
    public int FlushSeconds { get; set; } = 60;

    /// <summary>Rows that may wait in memory; then files are written earlier. Range 1,000…10,000,000, default 500,000.</summary>
    [Range(1_000, 10_000_000)]
    public int RowsMax { get; set; } = 500_000;

    /// <summary>Approximate size of the rows that may wait in memory, MiB. Range 1…65,536, default 128.</summary>
    [Range(1, 65_536)]
    public int BufferMb { get; set; } = 128;

    /// <summary>Memory for writing and merging files each, MiB; more than the buffer. Range 64…65,536, default 512.</summary>
    [Range(64, 65_536)]
    public int MemoryMb { get; set; } = 512;

    /// <summary>Memory of each of the two readers of the REST API, MiB. Range 64…65,536, default 256.</summary>
    [Range(64, 65_536)]
    public int QueryMemoryMb { get; set; } = 256;

    /// <summary>New files of one instrument and day that are merged into one. Range 2…10,000, default 60.</summary>
    [Range(2, 10_000)]
    public int MergeFiles { get; set; } = 60;

    /// <summary>
    /// Days that a data set is kept after it was stored, by its name; 0 keeps it for ever. Default: <c>trades</c>, <c>quotes</c>,
    /// <c>book</c>, <c>features</c> and <c>latency</c> 30, <c>posts</c> 365, everything else for ever.
    /// </summary>
    public Dictionary<string, int> Retention { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["trades"] = 30,
        ["quotes"] = 30,
        ["book"] = 30,
        ["features"] = 30,
        ["latency"] = 30,
        ["posts"] = 365,
    };

    /// <summary>Folder for files that are being written or merged. Default null: a folder beside the history.</summary>
    public string? WorkFolder { get; set; }
}
