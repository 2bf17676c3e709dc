using System.Globalization;
using System.Runtime.InteropServices;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Secrets;

/// <summary>
/// Hides this process's memory and environment (Linux): no core dump, no debugger, no dump through the runtime's diagnostics, and
/// <c>/proc/PID</c> belongs to root. Root can still read everything.
/// </summary>
internal static partial class HiddenMemory
{
    // From linux/prctl.h and asm-generic/resource.h.
    private const int SetDumpable = 4;
    private const int CoreSize = 4;

    /// <summary>Variables with which the runtime writes the memory to a file when it crashes.</summary>
    private static readonly string[] DumpVariables = ["DOTNET_DbgEnableMiniDump", "COMPlus_DbgEnableMiniDump"];

    /// <summary>Returns true where the settings ask for it, and this system can.</summary>
    public static bool IsWanted(AgentSettings settings, SecretsOptions secrets) => OperatingSystem.IsLinux() && secrets.MemoryGuard switch
    {
        MemoryGuard.Always => true,
        MemoryGuard.Never => false,
        _ => settings.Venue is VenueKind.BinanceLive or VenueKind.BinanceTestnet,
    };

    /// <summary>Applies it before a key is read; it cannot be undone. Programs that this process starts are not affected.</summary>
    /// <exception cref="StartupException">The system refuses, or the runtime is set to write dumps.</exception>
    public static void Apply()
    {
        if (DumpVariables.FirstOrDefault(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value && value != "0") is { } variable)
        {
            throw new StartupException(
                $"{variable} makes the runtime write its memory, with the venue's key, to a file when it crashes: unset it, "
                + $"or set {SecretsOptions.Section}:{nameof(SecretsOptions.MemoryGuard)}=Never");
        }

        if (Control(SetDumpable, 0, 0, 0, 0) != 0 || SetLimit(CoreSize, default) != 0)
        {
            throw new StartupException(
                $"the memory cannot be hidden from other processes ({Marshal.GetLastPInvokeErrorMessage()}): "
                + $"see which policy forbids prctl and setrlimit, or set {SecretsOptions.Section}:{nameof(SecretsOptions.MemoryGuard)}=Never");
        }

        CloseDiagnostics();
    }

    /// <summary>
    /// Deletes the runtime's socket and pipes, through which any process of this user could ask for a dump or the environment.
    /// </summary>
    private static void CloseDiagnostics()
    {
        // The 22nd field, after the name in parentheses, is when the process started; the runtime names its files by it.
        var stat = File.ReadAllText("/proc/self/stat");
        var started = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        var process = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{started}");
        foreach (var name in new[] { $"dotnet-diagnostic-{process}-socket", $"clr-debug-pipe-{process}-in", $"clr-debug-pipe-{process}-out" })
        {
            File.Delete(Path.Combine(Path.GetTempPath(), name));
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in Limit limit);

    /// <summary>Soft and hard limit, in bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(nuint Soft, nuint Hard);
}
