namespace BtcAgent.Silo.Settings;

/// <summary>The data folder's surroundings: section <c>Data</c>; its path is <c>--data</c>.</summary>
public sealed class DataFolderOptions
{
    public const string Section = "Data";

    /// <summary>
    /// Takes a folder that another user made and whose mode is not ours to change, where only this agent can see it,
    /// such as a volume of its pod. Default false: such a folder is refused while others can look into it.
    /// </summary>
    public bool Shared { get; set; }
}
