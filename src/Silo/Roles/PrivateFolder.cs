using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Roles;

/// <summary>
/// Restricts the folder of state, journal and operator key to its owner. New folders and files get mode 700 and 600; looser
/// existing ones are tightened. On Windows the folder's access list stays unchanged.
/// </summary>
internal static partial class PrivateFolder
{
    /// <summary>Removes all access of group and others from every file that this process creates.</summary>
    private const uint Mask = 0b000_111_111;

    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const UnixFileMode GroupAndOthers =
        Others | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    /// <summary>
    /// Enumerates everything that this user may enter (not a volume's lost+found, for example) and follows no links.
    /// </summary>
    private static readonly EnumerationOptions Whole = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    /// <summary>Creates the folder, or tightens the existing one.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="isShared">See <see cref="DataFolderOptions.Shared"/>.</param>
    /// <returns>Names of the entries that were open to other users.</returns>
    /// <exception cref="StartupException">The folder cannot be created, written or tightened.</exception>
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

    /// <param name="root">Absolute path of the data folder.</param>
    /// <param name="isShared">See <see cref="DataFolderOptions.Shared"/>.</param>
    /// <param name="setMode">Changes a mode; throws without permission.</param>
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
                // Deleted meanwhile, such as the write-ahead log of an agent that is stopping.
            }
        }

        return tightened;
    }

    /// <summary>Returns false when the mode stays unchanged because it is safe.</summary>
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
            // A mounted secret belongs to its creator and is readable by our group only.
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
