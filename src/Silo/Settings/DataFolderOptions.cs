namespace BtcAgent.Silo.Settings;

/// <summary>Options of the data folder: section <c>Data</c>; its path is <c>--data</c>.</summary>
public sealed class DataFolderOptions
{
    public const string Section = "Data";

    /// <summary>
    /// Accepts a folder of another user whose mode this process cannot change, if only this agent can see it, such as a volume
    /// of its pod. Default false: such a folder is refused while others can read it.
    /// </summary>
    public bool Shared { get; set; }
}
