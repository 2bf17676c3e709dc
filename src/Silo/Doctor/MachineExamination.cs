using System.Globalization;

namespace BtcAgent.Silo.Doctor;

/// <summary>Memory and open files that this machine, or its container, allows.</summary>
internal sealed class MachineExamination : IExamination
{
    private const string LimitsFile = "/proc/self/limits";
    private const long MemoryMinMiB = 512;
    private const long MemoryComfortableMiB = 1_024;
    private const long FilesMin = 1_024;
    private const long FilesComfortable = 4_096;

    public string Name => "memory";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(ExaminedAgent agent, CancellationToken cancellationToken)
    {
        var memory = Memory(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1_024 * 1_024));
        return File.Exists(LimitsFile) ? [memory, OpenFiles(await File.ReadAllLinesAsync(LimitsFile, cancellationToken))] : [memory];
    }

    internal static Finding Memory(long mib) => mib < MemoryMinMiB
        ? Finding.Problem("memory", $"{mib} MiB allowed", $"allow {MemoryComfortableMiB} MiB or more: the agent would be killed")
        : mib < MemoryComfortableMiB
            ? Finding.Warning("memory", $"{mib} MiB allowed", $"allow {MemoryComfortableMiB} MiB or more: a trained model and the history need them")
            : Finding.Ok("memory", $"{mib} MiB allowed");

    /// <param name="limits">Lines of Linux' <c>/proc/self/limits</c>.</param>
    internal static Finding OpenFiles(IEnumerable<string> limits)
    {
        const string Row = "Max open files";
        var text = limits.FirstOrDefault(line => line.StartsWith(Row, StringComparison.Ordinal))?[Row.Length..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        var most = long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;
        return most < FilesMin
            ? Finding.Problem("open-files", $"{most} open files allowed", $"raise it with ulimit -n {FilesComfortable}, or LimitNOFILE= of the service")
            : most < FilesComfortable
                ? Finding.Warning("open-files", $"{most} open files allowed", $"raise it with ulimit -n {FilesComfortable}: 1,024 consoles would use them up")
                : Finding.Ok("open-files", most == long.MaxValue ? "open files are not limited" : $"{most} open files allowed");
    }
}
