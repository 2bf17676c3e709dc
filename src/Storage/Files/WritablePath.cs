namespace BtcAgent.Storage.Files;

/// <summary>Finds out before long work whether its result can be written.</summary>
public static class WritablePath
{
    /// <summary>Creates and deletes an empty file beside a file to be written; its folder is created as the write would.</summary>
    /// <exception cref="IOException">The path is a folder, or its folder cannot be written; the message names the path.</exception>
    public static void CheckFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"'{path}' is a folder: name a file");
        }

        CheckBeside(path);
    }

    /// <summary>Creates and deletes an empty file beside a folder to be written.</summary>
    /// <exception cref="IOException">The path is a file, or the folder around it cannot be written; the message names the path.</exception>
    public static void CheckFolder(string path)
    {
        if (File.Exists(path))
        {
            throw new IOException($"'{path}' is a file: name a folder");
        }

        CheckBeside(path);
    }

    private static void CheckBeside(string path)
    {
        try
        {
            // Without a commit nothing remains of it.
            using var probe = new AtomicFile(Path.TrimEndingDirectorySeparator(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new IOException($"'{path}' cannot be written: {e.Message}", e);
        }
    }
}
