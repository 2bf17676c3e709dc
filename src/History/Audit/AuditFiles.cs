using System.Globalization;
using System.Text;
using BtcAgent.Domain.Audit;

namespace BtcAgent.History.Audit;

/// <summary>
/// The files of an audit: one per UTC day, <c>2026-11-29.jsonl</c>, and <c>head</c>, which names the last entry, so that a
/// shortened file is noticed.
/// </summary>
public static class AuditFiles
{
    /// <summary>Folder below the data folder.</summary>
    public const string FolderName = "audit";

    internal const string HeadName = "head";

    /// <summary>The day in the record of a chain without entries.</summary>
    private const string NoDay = "0001-01-01";

    private const string Extension = ".jsonl";
    private const int BlockBytes = 256 * 1024;

    /// <summary>Longest line; a longer one is damage. Texts of an entry have at most some hundred characters each.</summary>
    private const int LineBytesMax = 64 * 1024;

    public static string PathOf(string folder, string day) => Path.Combine(folder, day + Extension);

    /// <summary>The days that have a file, oldest first.</summary>
    public static IReadOnlyList<string> Days(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder, "*" + Extension).Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(day => DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Verifies all days of a folder and the record of the last entry.</summary>
    /// <param name="folder">The folder of the audit.</param>
    /// <param name="progress">Receives the day that is being read.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static AuditVerifier Verify(string folder, Action<string> progress, CancellationToken cancellationToken)
    {
        // Before the lines: an agent that appends meanwhile writes lines first.
        var head = ReadHead(folder);
        var verifier = new AuditVerifier();
        foreach (var day in Days(folder))
        {
            progress(day);
            verifier.BeginDay(day);
            ForEachLine(PathOf(folder, day), verifier.Add, cancellationToken);
        }

        verifier.End(head);
        return verifier;
    }

    /// <summary>Calls for each line of a file, and for bytes after the last line break as well.</summary>
    public static void ForEachLine(string path, LineReader read, CancellationToken cancellationToken)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.SequentialScan);
        var buffer = new byte[BlockBytes];
        var filled = 0;
        for (int count; (count = file.Read(buffer, filled, buffer.Length - filled)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            filled += count;
            var rest = buffer.AsSpan(0, filled);
            for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            {
                read(rest[..end]);
            }

            if (rest.Length > LineBytesMax)
            {
                read(rest);
                rest = [];
            }

            rest.CopyTo(buffer);
            filled = rest.Length;
        }

        if (filled > 0)
        {
            read(buffer.AsSpan(0, filled));
        }
    }

    /// <summary>The last entry as recorded beside the files; null when there is no such record, or it is damaged.</summary>
    public static AuditHead? ReadHead(string folder)
    {
        var path = Path.Combine(folder, HeadName);
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Encoding.ASCII);
        return file.ReadLine()?.Split(' ') is [var sequence, { Length: 64 } hash, { Length: 10 } day]
            && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new AuditHead(number, hash, day)
            : null;
    }

    /// <summary>The record of a head, always of the same length, so that it can be overwritten in place.</summary>
    internal static byte[] HeadBytes(AuditHead head) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{head.Sequence:D19} {head.Hash} {(head.Day.Length == 0 ? NoDay : head.Day)}\n"));

    /// <summary>Receives the bytes of a line without its break.</summary>
    public delegate void LineReader(ReadOnlySpan<byte> line);
}
