using BtcAgent.Silo.CommandLine;

namespace BtcAgent.Silo.Hosting;

/// <summary>The folder that holds state, journal and operator key.</summary>
internal static class WritableFolder
{
    /// <exception cref="StartupException">It cannot be made or written.</exception>
    public static void Ensure(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, ".write-probe");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new StartupException(
                $"data folder '{Path.GetFullPath(folder)}' cannot be written ({e.Message}): mend its permissions or choose another with --data DIR", e);
        }
    }
}
