using System.IO.Compression;
using BtcAgent.Domain.Bars;
using SharpCompress.Compressors.Xz;

namespace BtcAgent.Research.Bars;

/// <summary>
/// Reads bars from CSV, plain, <c>.gz</c> or <c>.xz</c>: a header with time, open, high, low, close and volume in any
/// order, then one row per bar. Prices are exact; one with more than eight decimals is refused.
/// </summary>
public static class BarFile
{
    /// <param name="paths">Files in order of time.</param>
    /// <param name="limit">Maximum number of bars; null reads all.</param>
    /// <param name="interval">Interval of the bars; null takes the most frequent step.</param>
    /// <param name="cancellationToken">Checked every megabyte.</param>
    /// <exception cref="BarFileException">A file is absent or not CSV, a row is invalid, or times do not
    /// ascend.</exception>
    public static BarSeries Read(
        IReadOnlyList<string> paths, int? limit = null, TimeSpan? interval = null, CancellationToken cancellationToken = default)
    {
        var bars = new BarBuffer();
        long rounded = 0;
        foreach (var path in paths)
        {
            using var stream = Open(path);
            var reader = new BarRows(path, stream, bars, limit ?? int.MaxValue);
            reader.Read(cancellationToken);
            rounded += reader.VolumesRounded;
        }

        if (bars.Count == 0)
        {
            throw new BarFileException($"{string.Join(", ", paths)}: no bars; a header line and at least one row are needed");
        }

        var step = interval ?? MostFrequentStep(bars.First);
        var array = bars.ToArray(step);
        for (var i = 1; i < array.Length; i++)
        {
            if (array[i].OpenTime < array[i - 1].CloseTime)
            {
                throw new BarFileException(
                    $"{string.Join(", ", paths)}: the bar of {array[i].OpenTime} begins before that of {array[i - 1].OpenTime} ends, with bars of {step}");
            }
        }

        var spanned = ((array[^1].OpenTime - array[0].OpenTime).Ticks / step.Ticks) + 1;
        return new BarSeries(array, step, spanned - array.Length, rounded);
    }

    private static Stream Open(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            return Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".gz" => new GZipStream(file, CompressionMode.Decompress),
                ".xz" => new XZStream(file),
                _ => file,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BarFileException($"bars cannot be read: {e.Message}");
        }
    }

    private static TimeSpan MostFrequentStep(ReadOnlySpan<Bar> bars)
    {
        const int BarsLookedAt = 10_000;
        var steps = new Dictionary<TimeSpan, int>();
        for (var i = 1; i < Math.Min(bars.Length, BarsLookedAt); i++)
        {
            var step = bars[i].OpenTime - bars[i - 1].OpenTime;
            steps[step] = steps.GetValueOrDefault(step) + 1;
        }

        return steps.Count == 0
            ? TimeSpan.FromMinutes(1)
            : steps.OrderByDescending(s => s.Value).ThenBy(s => s.Key).First().Key;
    }
}
