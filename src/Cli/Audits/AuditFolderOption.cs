using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.History.Audit;

namespace BtcAgent.Cli.Audits;

/// <summary>The option for the folder of an audit.</summary>
internal static class AuditFolderOption
{
    private const string StateFile = "state.db";

    public static Option<string> Create() => new("--data")
    {
        Description = "the agent's data folder, or a folder with a copy of its audit",
        DefaultValueFactory = _ => "data",
    };

    /// <summary>True for the folder in which an agent writes, false for a copy: there, the record of the last entry is never missing.</summary>
    public static bool IsOfAnAgent(string audit) => File.Exists(Path.Combine(audit, "..", StateFile));

    /// <summary>Returns the audit of a data folder, or the folder itself when it has the files.</summary>
    /// <exception cref="UsageException">There is no audit.</exception>
    public static string Resolve(string folder)
    {
        var below = Path.Combine(folder, AuditFiles.FolderName);
        return AuditFiles.Days(folder).Count > 0 ? folder
            : AuditFiles.Days(below).Count > 0 ? below
            : throw new UsageException($"--data: neither '{folder}' nor '{below}' has files of an audit, such as 2026-11-29.jsonl");
    }
}
