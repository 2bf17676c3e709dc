using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Roles;

/// <summary>
/// The folder that holds state, journal and operator key: its owner's alone. Whatever the process creates is 700 and
/// 600; what is there already and looser is tightened. On Windows the folder's access list is left as it is.
/// </summary>
internal static partial class PrivateFolder
{
    /// <summary>Nothing for group and others in what this process creates, wherever it does.</summary>
    private const uint Mask = 0b000_111_111;

    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const UnixFileMode GroupAndOthers =
        Others | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    /// <summary>Everything that is ours to enter, such as not a volume's lost+found; nothing behind a link.</summary>
    private static readonly EnumerationOptions Whole = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    /// <summary>Makes the folder, or tightens the one that is there.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="isShared">See <see cref="DataFolderOptions.Shared"/>.</param>
    /// <returns>What was open to other users until now, by name.</returns>
    /// <exception cref="StartupException">It cannot be made, written or tightened.</exception>
    public static IReadOnlyList<string> Ensure(string folder, bool isShared)
    {
        var path = Path.GetFullPath(folder);
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                _ = SetCreationMask(Mask);
            }

            Directory.CreateDirectory(path);
            var tightened = OperatingSystem.IsWindows() ? [] : Tighten(path, isShared, File.SetUnixFileMode);
            var probe = Path.Combine(path, ".write-probe");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return tightened;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new StartupException(
                $"data folder '{path}' cannot be written ({e.Message}): correct its permissions or choose another with --data DIR", e);
        }
    }

    /// <param name="root">Of the data folder, absolute.</param>
    /// <param name="isShared">See <see cref="DataFolderOptions.Shared"/>.</param>
    /// <param name="setMode">Changes a mode; throws where that is not ours to do.</param>
    [UnsupportedOSPlatform("windows")]
    internal static List<string> Tighten(string root, bool isShared, Action<string, UnixFileMode> setMode)
    {
        var tightened = new List<string>();
        foreach (var entry in Directory.EnumerateFileSystemEntries(root, "*", Whole).Prepend(root))
        {
            try
            {
                var mode = File.GetUnixFileMode(entry);
                if ((mode & GroupAndOthers) != 0 && Close(entry, mode, isShared, setMode))
                {
                    tightened.Add(Path.GetRelativePath(root, entry));
                }
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                // Gone meanwhile, such as the write-ahead log of an agent that is just stopping.
            }
        }

        return tightened;
    }

    /// <summary>False when it is left as it is, which must then be safe.</summary>
    [UnsupportedOSPlatform("windows")]
    private static bool Close(string entry, UnixFileMode mode, bool isShared, Action<string, UnixFileMode> setMode)
    {
        try
        {
            setMode(entry, mode & ~GroupAndOthers);
            return true;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException && e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            // A mounted secret is its maker's, and readable to our group alone.
            if ((mode & Others) == 0 || (isShared && Directory.Exists(entry)))
            {
                return false;
            }

            throw new StartupException(
                $"'{entry}' is open to other users (mode {Convert.ToString((int)mode, 8)}) and cannot be closed to them ({e.Message}): "
                + "chown it to the agent's user or choose another folder with --data DIR. For a folder that only this agent can see, "
                + $"such as a pod's volume, set {DataFolderOptions.Section}:{nameof(DataFolderOptions.Shared)}=true",
                e);
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint SetCreationMask(uint mask);
}
