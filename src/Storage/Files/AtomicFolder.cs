namespace BtcAgent.Storage.Files;

/// <summary>Writes a folder atomically: fills a temporary folder beside it, then renames it.</summary>
public static class AtomicFolder
{
    /// <param name="path">Path of the folder; replaces an existing one.</param>
    /// <param name="files">Name and contents of each file.</param>
    /// <exception cref="IOException">The folder cannot be written, or a file has its path.</exception>
    public static void Write(string path, IEnumerable<(string Name, byte[] Bytes)> files)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var part = $"{path}.{Environment.ProcessId}.part";
        var old = $"{path}.{Environment.ProcessId}.old";
        Directory.CreateDirectory(part);
        try
        {
            foreach (var (name, bytes) in files)
            {
                AtomicFile.WriteAllBytes(Path.Combine(part, name), bytes);
            }

            if (Directory.Exists(path))
            {
                Directory.Move(path, old);
            }

            Directory.Move(part, path);
        }
        finally
        {
            if (Directory.Exists(old) && !Directory.Exists(path))
            {
                // The rename failed: restore the old folder.
                Directory.Move(old, path);
            }

            Delete(part);
            Delete(old);
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
