using System.ComponentModel.DataAnnotations;

namespace BtcAgent.History.Log.Local;

/// <summary>The log of facts of a single process: section <c>History:Log</c>.</summary>
public sealed class FactLogOptions
{
    public const string Section = "History:Log";

    /// <summary>Folder of the log. Default: <c>facts</c> in the data folder, set by the host.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Days that facts stay in the log, 1…3,650. Default 3: sinks have stored them long before.</summary>
    [Range(1, 3650)]
    public int RetainDays { get; set; } = 3;

    /// <summary>Most space of the log in MiB, 64…1,048,576. Default 1,024. The oldest facts go first.</summary>
    [Range(64, 1_048_576)]
    public int RetainMb { get; set; } = 1024;

    /// <summary>Length of one file in MiB, 1…1,024. Default 16.</summary>
    [Range(1, 1024)]
    public int SegmentMb { get; set; } = 16;

    /// <summary>Facts that may wait to be written, 1,000…10,000,000. Default 100,000. Further ones are dropped and counted.</summary>
    [Range(1_000, 10_000_000)]
    public int WaitingMax { get; set; } = 100_000;

    /// <summary>Milliseconds between flushes to disk, 10…60,000. Default 1,000: the most that a loss of power can take.</summary>
    [Range(10, 60_000)]
    public int SyncEveryMs { get; set; } = 1000;
}
