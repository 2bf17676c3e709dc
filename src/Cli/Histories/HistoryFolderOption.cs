using System.CommandLine;

namespace BtcAgent.Cli.Histories;

/// <summary>The option for the folder of a history.</summary>
internal static class HistoryFolderOption
{
    private const string Subfolder = "history";

    public static Option<string> Create() => new("--data")
    {
        Description = "the agent's data folder, or a folder with a copy of its history",
        DefaultValueFactory = _ => "data",
    };

    /// <summary>Returns the history of a data folder, or the folder itself when it has data sets.</summary>
    public static string Resolve(string folder) =>
        Directory.Exists(folder) && Directory.EnumerateDirectories(folder, "dataset=*").Any() ? folder : Path.Combine(folder, Subfolder);
}
