using System.Globalization;

namespace BtcAgent.Silo.Doctor;

/// <summary>Space and speed of the data folder's disk: every order waits for a flush.</summary>
internal sealed class DiskExamination : IExamination
{
    private const long FreeMinMiB = 512;
    private const long FreeComfortableMiB = 5 * 1_024;
    private const int Flushes = 9;
    private const int FlushBytes = 4_096;
    private const double FlushMsComfortable = 20;
    private const double FlushMsMax = 250;

    public string Name => "disk";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(ExaminedAgent agent, CancellationToken cancellationToken)
    {
        var folder = agent.DataFolder;
        return Directory.Exists(folder)
            ? [Space(new DriveInfo(folder).AvailableFreeSpace / (1_024 * 1_024)), Speed(await FlushAsync(folder, agent.Time, cancellationToken))]
            : [];
    }

    internal static Finding Space(long freeMiB) => freeMiB < FreeMinMiB
        ? Finding.Problem("disk", $"{freeMiB} MiB free", $"free space: below {FreeMinMiB} MiB writes soon fail, and the agent halts")
        : freeMiB < FreeComfortableMiB
            ? Finding.Warning("disk", $"{freeMiB} MiB free", "free space, or lower History:Log and Store retention")
            : Finding.Ok("disk", $"{freeMiB / 1_024} GiB free");

    internal static Finding Speed(double flushMs)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"a write is on disk after {flushMs:0.0} ms (median of {Flushes})");
        return flushMs > FlushMsMax
            ? Finding.Problem("disk-flush", text, "move the data folder to a local SSD: every order waits for such a write")
            : flushMs > FlushMsComfortable
                ? Finding.Warning("disk-flush", text, "a local SSD answers below 5 ms: every order waits for such a write")
                : Finding.Ok("disk-flush", text);
    }

    private static async Task<double> FlushAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, ".doctor-flush");
        var block = new byte[FlushBytes];
        var durations = new List<double>();
        try
        {
            await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
            for (var i = 0; i < Flushes; i++)
            {
                var start = time.GetTimestamp();
                await file.WriteAsync(block, cancellationToken);
                file.Flush(flushToDisk: true);
                durations.Add(time.GetElapsedTime(start).TotalMilliseconds);
            }
        }
        finally
        {
            File.Delete(path);
        }

        return durations.Order().ElementAt(Flushes / 2);
    }
}
