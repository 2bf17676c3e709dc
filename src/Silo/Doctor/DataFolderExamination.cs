using System.Runtime.Versioning;
using BtcAgent.Client.Operators;
using BtcAgent.Storage.Embedded;

namespace BtcAgent.Silo.Doctor;

/// <summary>The data folder: there, writable, closed to other users, without left-overs of a crash.</summary>
internal sealed class DataFolderExamination : IExamination
{
    private const int NamesShown = 3;
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    /// <summary>A younger part file is being written.</summary>
    private static readonly TimeSpan PartAgeMin = TimeSpan.FromHours(1);

    private static readonly EnumerationOptions Whole = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    public string Name => "data-folder";

    public Task<IReadOnlyList<Finding>> ExamineAsync(ExaminedAgent agent, CancellationToken cancellationToken)
    {
        var folder = agent.DataFolder;
        return Task.FromResult<IReadOnlyList<Finding>>(File.Exists(folder)
            ? [Finding.Problem(Name, $"'{folder}' is not a folder", "name a folder with --data")]
            : !Directory.Exists(folder)
            ? [Finding.Warning(Name, $"'{folder}' does not exist", "the first start creates it; after that, --data names another folder")]
            :
            [
                Writable(folder),
                .. OperatingSystem.IsWindows() ? [] : new[] { Closed(folder) },
                .. Leftovers(agent, folder),
            ]);
    }

    private Finding Writable(string folder)
    {
        var probe = Path.Combine(folder, ".doctor-probe");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return Finding.Ok(Name, $"'{folder}' is writable");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding.Problem(Name, $"'{folder}' cannot be written ({e.Message})", "chown it to the agent's user, or mount it for writing");
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static Finding Closed(string folder)
    {
        const string Check = "data-folder-mode";
        string[] open =
        [
            .. Directory.EnumerateFileSystemEntries(folder, "*", Whole).Prepend(folder)
                .Where(entry => (File.GetUnixFileMode(entry) & Others) != 0).Select(entry => Path.GetRelativePath(folder, entry)),
        ];
        var names = $"{string.Join(", ", open.Take(NamesShown))}{(open.Length > NamesShown ? $" and {open.Length - NamesShown} more" : "")}";
        return open.Length == 0
            ? Finding.Ok(Check, "only the agent's user can read it")
            : open.Contains(OperatorKey.FileName)
                ? Finding.Problem(Check, $"other users can read the operator key, and {names}", $"chmod -R go= '{folder}', then replace the key if you do not trust them all")
                : Finding.Warning(Check, $"open to other users: {names}", $"chmod -R go= '{folder}'; the next start does it, too");
    }

    private static IEnumerable<Finding> Leftovers(ExaminedAgent agent, string folder)
    {
        if (File.Exists(Path.Combine(folder, DataFolder.RestoreMarker)))
        {
            yield return Finding.Problem("restore", "a restore into this folder was interrupted", "run the same 'btcagent backup restore' again to finish it");
        }

        var old = agent.Time.GetUtcNow() - PartAgeMin;
        string[] parts = [.. Directory.EnumerateFiles(folder, "*.part", Whole).Where(file => File.GetLastWriteTimeUtc(file) < old.UtcDateTime)];
        yield return parts.Length == 0
            ? Finding.Ok("part-files", "no half-written files")
            : Finding.Warning(
                "part-files",
                $"{parts.Length} half-written file{(parts.Length == 1 ? "" : "s")} of an interrupted write, such as {Path.GetRelativePath(folder, parts[0])}",
                "delete them: nothing reads them");
    }
}
