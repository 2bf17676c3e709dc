using System.Text;
using BtcAgent.Storage.Files;

namespace BtcAgent.History.Log.Local;

/// <summary>The file with the identity of a log: sinks keep their checkpoints by it.</summary>
internal static class LogName
{
    private const string FileName = "log-name";
    private const int LengthMax = 64;

    /// <exception cref="IOException">The file cannot be read or written, or has other content.</exception>
    public static string ReadOrCreate(string folder, string newName)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            AtomicFile.WriteAllBytes(path, Encoding.ASCII.GetBytes(newName));
        }

        var name = File.ReadAllText(path).Trim();
        return name.Length is > 0 and <= LengthMax && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? name
            : throw new IOException($"'{path}' does not hold the name of a log: restore it from a backup, or move '{folder}' away to begin a new log");
    }
}
