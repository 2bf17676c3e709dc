using BtcAgent.Storage.Files;

namespace BtcAgent.Storage.Backups;

/// <summary>
/// Restores a file of lines that only grows: a look at an untouched window remains one, even if it was after the backup. So the lines that
/// are there stay, and those that only the backup has follow. Repeated, it changes nothing.
/// </summary>
internal static class RestoredLines
{
    public static void Join(string restored, string path)
    {
        var there = File.Exists(path) ? WholeLines(path) : [];
        AtomicFile.WriteAllBytes(path, System.Text.Encoding.UTF8.GetBytes(string.Concat(there.Union(WholeLines(restored), StringComparer.Ordinal))));
    }

    /// <summary>Lines with their ends; a last one without, torn by a crash, was never reported.</summary>
    private static IEnumerable<string> WholeLines(string path) =>
        File.ReadAllText(path).Split('\n')[..^1].Select(line => line + "\n");
}
