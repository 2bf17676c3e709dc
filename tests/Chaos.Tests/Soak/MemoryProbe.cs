using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;

namespace BtcAgent.Chaos.Tests.Soak;

/// <summary>Reads another .NET process's memory figures from outside.</summary>
internal static class MemoryProbe
{
    private const double MiB = 1024 * 1024;

    /// <summary>GCHeapCollectKeyword: a new listener causes an immediate full collection.</summary>
    private const long CollectHeap = 0x800000;

    /// <summary>Makes the process collect its heap.</summary>
    public static async Task CollectAsync(int process, CancellationToken cancellationToken)
    {
        var client = new DiagnosticsClient(process);
        EventPipeProvider[] providers = [new("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, CollectHeap)];
        using var session = await client.StartEventPipeSessionAsync(providers, requestRundown: false, token: cancellationToken);
        var read = session.EventStream.CopyToAsync(Stream.Null, cancellationToken);
        await session.StopAsync(cancellationToken);
        await read;
    }

    /// <param name="process">Its id.</param>
    /// <param name="metrics">Text of its <c>/metrics</c>.</param>
    /// <param name="minute">Minute of the sample.</param>
    /// <param name="pages">Number of open pages.</param>
    public static SoakSample Read(int process, string metrics, double minute, IReadOnlyCollection<ConsolePage> pages)
    {
        var lines = metrics.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new SoakSample(
            Math.Round(minute, 2),
            InMiB(Sum(lines, "system_runtime_dotnet_gc_last_collection_heap_size") - Sum(lines, "system_runtime_dotnet_gc_last_collection_heap_fragmentation_size")),
            InMiB(Sum(lines, "system_runtime_dotnet_gc_last_collection_memory_committed_size")),
            StatusMiB(process, "VmRSS:"),
            StatusMiB(process, "RssAnon:"),
            Directory.GetDirectories($"/proc/{process}/task").Length,
            Directory.GetFileSystemEntries($"/proc/{process}/fd").Length,
            lines.Length,
            pages.Sum(page => page.Answers),
            pages.Sum(page => page.Failures),
            (long)Sum(lines, "btcagent_decisions"));
    }

    private static double Sum(string[] lines, string metric) => lines
        .Where(line => line.StartsWith(metric, StringComparison.Ordinal) && line[metric.Length] is ' ' or '{')
        .Sum(line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));

    private static double StatusMiB(int process, string name)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        var kilobytes = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1];
        return Math.Round(long.Parse(kilobytes, CultureInfo.InvariantCulture) / 1024.0, 1);
    }

    private static double InMiB(double bytes) => Math.Round(bytes / MiB, 2);
}
