using System.Text;
using System.Text.Json;

namespace BtcAgent.Research.Optimization.Searches;

/// <summary>
/// Remembers which time has judged the winner of a search, in a file of JSON lines beside the trial stores: a window that was
/// looked at before is no longer untouched, whichever search looks again. The same winner of the same search is one look, however
/// often it is run.
/// </summary>
/// <param name="path">Path of the file; its folder is created at the first opening.</param>
/// <param name="time">Clock for the time of an opening.</param>
public sealed class UntouchedOpenings(string path, TimeProvider time)
{
    /// <summary>Name of the file beside the stores.</summary>
    public const string FileName = "untouched-openings.jsonl";

    private const int AttemptsMax = 200;

    private static readonly TimeSpan AttemptEvery = TimeSpan.FromMilliseconds(25);

    /// <summary>Records an opening, on disk when this returns.</summary>
    /// <param name="instrument">Instrument of the window.</param>
    /// <param name="from">First time of the window.</param>
    /// <param name="to">Last time of the window.</param>
    /// <param name="search">Identity of the search.</param>
    /// <param name="point">Settings of the winner.</param>
    /// <returns>Number of different looks at time in common with the window, this one included; 1 or more.</returns>
    /// <exception cref="InvalidDataException">A line of the file cannot be read.</exception>
    public int Open(InstrumentId instrument, Timestamp from, Timestamp to, string search, string point)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var file = OpenAlone();
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        var earlier = Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Read).ToList();
        var opening = new Opening(
            instrument.Key, from.UnixNanoseconds, to.UnixNanoseconds, search, point, time.GetUtcNow());
        if (!earlier.Exists(opening.IsSameLook))
        {
            // A line that a crash has torn is replaced: its opening was never reported.
            file.SetLength(whole);
            file.Position = whole;
            file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(opening) + "\n"));
            file.Flush(flushToDisk: true);
            earlier.Add(opening);
        }

        return earlier.Where(opening.Overlaps).DistinctBy(o => (o.Search, o.Point)).Count();
    }

    /// <summary>
    /// Exclusive from reading to writing: two searches that end together are two looks. Another one, or a backup, has the file for an
    /// instant.
    /// </summary>
    private FileStream OpenAlone()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < AttemptsMax)
            {
                Task.Delay(AttemptEvery, time).Wait();
            }
        }
    }

    private Opening Read(string line, int index)
    {
        try
        {
            return JsonSerializer.Deserialize<Opening>(line)!;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}', line {index + 1}: an opening of an untouched window cannot be read: {e.Message}", e);
        }
    }

    private sealed record Opening(string Instrument, long FromNs, long ToNs, string Search, string Point, DateTimeOffset OpenedAt)
    {
        public bool Overlaps(Opening other) => other.Instrument == Instrument && other.FromNs <= ToNs && FromNs <= other.ToNs;

        public bool IsSameLook(Opening other) => Overlaps(other) && other.Search == Search && other.Point == Point;
    }
}
