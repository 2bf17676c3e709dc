using System.Globalization;
using System.IO.Compression;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>The beginning of a tape, for tests that play at the recorded speed.</summary>
internal static class ShortTape
{
    /// <returns>Path of the shorter tape in <paramref name="folder"/>.</returns>
    public static async Task<string> CutAsync(string tape, TimeSpan length, string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, Path.GetFileName(tape));
        await using var from = new GZipStream(File.OpenRead(tape), CompressionMode.Decompress);
        using var lines = new StreamReader(from);
        await using var to = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest));
        long? end = null;
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            // A line is "<nanoseconds since 1970> <frame>".
            var at = long.Parse(line.AsSpan(0, line.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
            end ??= at + (length.Ticks * 100);
            if (at > end)
            {
                break;
            }

            await to.WriteLineAsync(line.AsMemory(), cancellationToken);
        }

        return path;
    }
}
