using System.Diagnostics;
using System.Globalization;

namespace BtcAgent.Silo.Children;

/// <summary>
/// Starts this program again as a child with low priority and redirected streams, wherever this code runs. A child gets no secrets: of the environment only
/// what the runtime needs.
/// </summary>
internal static class OwnProgram
{
    private const string Nice = "/usr/bin/nice";

    private static readonly string[] Inherited =
        ["PATH", "HOME", "TMPDIR", "TMP", "TEMP", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "DOTNET_ROOT", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "SystemRoot"];

    /// <param name="arguments">Its arguments.</param>
    /// <param name="niceness">Added to the niceness, 0…19, where the system has such a command.</param>
    public static ProcessStartInfo Start(IEnumerable<string> arguments, int niceness)
    {
        List<string> words = [.. Program(), .. arguments];
        if (File.Exists(Nice))
        {
            // Every thread inherits it, unlike a priority that is set later.
            words.InsertRange(0, [Nice, "-n", niceness.ToString(CultureInfo.InvariantCulture)]);
        }

        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Except(Inherited, StringComparer.Ordinal).ToArray())
        {
            start.Environment.Remove(name);
        }

        return start;
    }

    /// <summary>This program, with the host it needs.</summary>
    private static string[] Program()
    {
        var assembly = typeof(OwnProgram).Assembly;
        var host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) is "dotnet" ? path : "dotnet";
        var name = assembly.GetName().Name!;
        var own = Environment.ProcessPath is { } self && Path.GetFileName(self) is { } file && (file == name || file == name + ".exe") ? self : null;
        return own is not null ? [own] : [host, Path.Combine(AppContext.BaseDirectory, $"{name}.dll")];
    }
}
