namespace BtcAgent.History.Log.Local;

/// <summary>One file of a topic.</summary>
/// <param name="path">Path of the file.</param>
/// <param name="first">Offset of its first record.</param>
internal sealed class Segment(string path, long first)
{
    public const string Extension = ".facts";
    private long _length;
    private long _next;

    public string Path { get; } = path;

    /// <summary>Offset of its first record.</summary>
    public long First { get; } = first;

    /// <summary>Bytes of complete records, header included; set after the bytes are in the file.</summary>
    public long Length
    {
        get => Volatile.Read(ref _length);
        set => Volatile.Write(ref _length, value);
    }

    /// <summary>
    /// No record of it has this offset or a later one; set after <see cref="Length"/>. For a segment of an earlier run, an upper
    /// bound.
    /// </summary>
    public long Next
    {
        get => Volatile.Read(ref _next);
        set => Volatile.Write(ref _next, value);
    }

    /// <summary>Time of its newest record; of the file when it was read from disk.</summary>
    public Timestamp Newest { get; set; }

    public static string PathOf(string folder, long first) => System.IO.Path.Combine(folder, $"{first:D20}{Extension}");

    /// <summary>The segments of a folder in order of their offsets.</summary>
    public static IEnumerable<Segment> In(string folder) => Directory.EnumerateFiles(folder, $"*{Extension}")
        .Select(path => (Path: path, Name: System.IO.Path.GetFileNameWithoutExtension(path)))
        .Where(file => long.TryParse(file.Name, out _))
        .Select(file => new Segment(file.Path, long.Parse(file.Name, System.Globalization.CultureInfo.InvariantCulture)))
        .OrderBy(segment => segment.First);
}
