namespace BtcAgent.Storage.Files;

/// <summary>A folder that is there whole or not at all: filled beside its place, then renamed.</summary>
public static class AtomicFolder
{
    /// <param name="path">Where the folder shall stand; one that is there is replaced.</param>
    /// <param name="files">Name and contents of each file.</param>
    /// <exception cref="IOException">It cannot be written, or something else stands in its place.</exception>
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
                // The new one did not get there: the old one goes back.
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
