using System.Text;
using BtcAgent.Storage.Files;

namespace BtcAgent.History.Log.Local;

/// <summary>The file with the identity of a log: sinks keep their checkpoints by it.</summary>
internal static class LogName
{
    private const string FileName = "log-name";
    private const int LengthMax = 64;

    /// <exception cref="IOException">The file cannot be read or written, has other content, or is missing beside a log.</exception>
    public static string ReadOrCreate(string folder, string newName)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            DemandEmpty(folder, path);
            AtomicFile.WriteAllBytes(path, Encoding.ASCII.GetBytes(newName));
        }

        return Read(folder, path);
    }

    /// <exception cref="IOException">The name is missing beside a log, or is not one.</exception>
    public static void Demand(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (File.Exists(path))
        {
            Read(folder, path);
        }
        else
        {
            DemandEmpty(folder, path);
        }
    }

    /// <summary>Under a new name, sinks would store all of a log once more.</summary>
    private static void DemandEmpty(string folder, string path)
    {
        if (Directory.EnumerateFiles(folder, $"*{Segment.Extension}", SearchOption.AllDirectories).Any())
        {
            throw new IOException($"'{path}' is missing beside its log: restore it from a copy, or move '{folder}' away to begin a new log");
        }
    }

    private static string Read(string folder, string path)
    {
        var name = File.ReadAllText(path).Trim();
        return name.Length is > 0 and <= LengthMax && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? name
            : throw new IOException($"'{path}' does not hold the name of a log: restore it from a copy, or move '{folder}' away to begin a new log");
    }
}
