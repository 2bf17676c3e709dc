using System.Globalization;
using BtcAgent.Contracts.Audit;
using BtcAgent.Domain.Audit;
using BtcAgent.Storage.Files;

namespace BtcAgent.History.Audit;

/// <summary>
/// The audit of a single process, as files in its data folder: appended, flushed to disk, never rewritten. What is missing or
/// damaged at a start stays visible: the chain continues from the last entry that was acknowledged, so that a verification finds
/// the place for ever, and recording never stops because of it.
/// </summary>
public sealed class AuditFolder(string folder) : IAuditStore
{
    private const int BlockBytes = 64 * 1024;

    private readonly SemaphoreSlim _writing = new(1, 1);

    public Task<AuditOpening> OpenAsync(AuditHead? known, CancellationToken cancellationToken) => ExclusiveAsync(() => Open(known), cancellationToken);

    public Task AppendAsync(IReadOnlyList<AuditLine> lines, CancellationToken cancellationToken) => ExclusiveAsync(
        () =>
        {
            Append(lines);
            return true;
        },
        cancellationToken);

    public Task<IReadOnlyList<AuditEntry>> ReadAsync(long before, int limit, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyList<AuditEntry>>(() => Read(before, limit), cancellationToken);

    public Task<IReadOnlyList<string>> DaysAsync(CancellationToken cancellationToken) => Task.Run(() => AuditFiles.Days(folder), cancellationToken);

    public async Task<byte[]> ExportAsync(string day, CancellationToken cancellationToken)
    {
        // Only a day that has a file: the name becomes a part of a path.
        if (!AuditFiles.Days(folder).Contains(day))
        {
            return [];
        }

        await using var file = new FileStream(AuditFiles.PathOf(folder, day), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    /// <summary>Off the caller's thread, since a flush to disk may take long.</summary>
    private async Task<T> ExclusiveAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    private AuditOpening Open(AuditHead? known)
    {
        Directory.CreateDirectory(folder);
        var days = AuditFiles.Days(folder);
        var head = AuditFiles.ReadHead(folder);
        if (days is [] && head is null && known is null)
        {
            // From now on, a missing record of the last entry is damage.
            WriteHead(AuditHead.Genesis);
            return new AuditOpening(AuditHead.Genesis);
        }

        var last = days.Select(day => LastOf(AuditFiles.PathOf(folder, day), day)).LastOrDefault(end => end.Sequence > 0) ?? AuditHead.Genesis;
        var end = AuditEnd.Latest(last, head, known);
        var damage = AuditEnd.Damage(last, head, known, HashOf);
        if (damage is not null)
        {
            damage += $"; {KeepAside(days, end.Sequence + 1)}";
        }

        if (days is [.., var newest])
        {
            EndLine(AuditFiles.PathOf(folder, newest), isAcknowledged: last.Sequence < end.Sequence);
        }

        return new AuditOpening(end, damage);
    }

    /// <summary>Copies what the next entries change: the record of the last entry, and the day that they are appended to.</summary>
    /// <returns>Where the copies are, and what is left to do.</returns>
    private string KeepAside(IReadOnlyList<string> days, long next)
    {
        var aside = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"damaged-before-{next}"));
        string[] files = [.. days.TakeLast(1).Select(day => AuditFiles.PathOf(folder, day)).Append(Path.Combine(folder, AuditFiles.HeadName)).Where(File.Exists)];
        if (files.Length == 0)
        {
            return $"'{folder}' has no files; a restored backup has no audit: copy the former agent's folder '{AuditFiles.FolderName}' there before the start";
        }

        // It exists when an earlier start did not get as far as its first entry.
        if (!Directory.Exists(aside))
        {
            AtomicFolder.Write(aside, files.Select(file => (Path.GetFileName(file), File.ReadAllBytes(file))));
        }

        return $"the files as they were found are kept in '{aside}', and the chain continues: 'btcagent audit verify' finds the place";
    }

    /// <summary>The hash of a stored entry; null when it is not stored.</summary>
    private string? HashOf(long wanted)
    {
        foreach (var day in AuditFiles.Days(folder).Reverse())
        {
            foreach (var line in LinesFromTheEnd(AuditFiles.PathOf(folder, day)))
            {
                if (AuditFormat.TryReadPlace(line, out _, out var sequence, out var hash) && sequence <= wanted)
                {
                    return sequence == wanted ? hash : null;
                }
            }
        }

        return null;
    }

    /// <summary>The last entry of a file, whose other lines are not verified here.</summary>
    private static AuditHead LastOf(string path, string day)
    {
        var last = AuditHead.Genesis;
        foreach (var line in LinesFromTheEnd(path))
        {
            if (AuditFormat.TryReadPlace(line, out _, out var sequence, out var hash))
            {
                last = new AuditHead(sequence, hash, day);
                break;
            }
        }

        return last;
    }

    /// <summary>
    /// Ends an incomplete last line: an entry that was not acknowledged is removed, as a crash leaves it behind; the rest of an
    /// acknowledged one stays.
    /// </summary>
    private static void EndLine(string path, bool isAcknowledged)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var complete = file.Length;
        for (int value; complete > 0; complete--)
        {
            file.Position = complete - 1;
            value = file.ReadByte();
            if (value == '\n')
            {
                break;
            }
        }

        if (complete == file.Length)
        {
            return;
        }

        if (isAcknowledged)
        {
            file.Position = file.Length;
            file.WriteByte((byte)'\n');
        }
        else
        {
            file.SetLength(complete);
        }

        file.Flush(flushToDisk: true);
    }

    private void Append(IReadOnlyList<AuditLine> lines)
    {
        foreach (var ofDay in lines.GroupBy(line => line.Day))
        {
            using var file = new FileStream(
                AuditFiles.PathOf(folder, ofDay.Key), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, BlockBytes);
            var before = file.Length;
            file.Position = before;
            try
            {
                foreach (var line in ofDay)
                {
                    file.Write(line.Text.AsSpan());
                    file.WriteByte((byte)'\n');
                }

                file.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                file.SetLength(before);
                throw;
            }
        }

        var last = lines[^1];
        WriteHead(new AuditHead(last.Entry.Sequence, last.Entry.Hash, last.Day));
    }

    private void WriteHead(AuditHead head)
    {
        using var file = new FileStream(
            Path.Combine(folder, AuditFiles.HeadName), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 0);
        file.Write(AuditFiles.HeadBytes(head));
        file.Flush(flushToDisk: true);
    }

    private List<AuditEntry> Read(long before, int limit)
    {
        var entries = new List<AuditEntry>();
        foreach (var day in AuditFiles.Days(folder).Reverse())
        {
            foreach (var line in LinesFromTheEnd(AuditFiles.PathOf(folder, day)))
            {
                if (entries.Count >= limit)
                {
                    return entries;
                }

                if (AuditFormat.TryReadPlace(line, out _, out var sequence, out _) && sequence < before && AuditFormat.Read(line) is { } entry)
                {
                    entries.Add(entry);
                }
            }
        }

        return entries;
    }

    private static IEnumerable<byte[]> LinesFromTheEnd(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        byte[] rest = [];
        for (var end = file.Length; end > 0;)
        {
            var start = Math.Max(0, end - BlockBytes);
            var block = new byte[end - start + rest.Length];
            file.Position = start;
            file.ReadExactly(block, 0, (int)(end - start));
            rest.CopyTo(block, end - start);
            var lines = Split(block);
            for (var i = lines.Count - 1; i > 0; i--)
            {
                if (lines[i].Length > 0)
                {
                    yield return lines[i];
                }
            }

            rest = lines[0];
            end = start;
        }

        if (rest.Length > 0)
        {
            yield return rest;
        }
    }

    private static List<byte[]> Split(ReadOnlySpan<byte> block)
    {
        var lines = new List<byte[]>();
        for (int end; (end = block.IndexOf((byte)'\n')) >= 0; block = block[(end + 1)..])
        {
            lines.Add(block[..end].ToArray());
        }

        lines.Add(block.ToArray());
        return lines;
    }
}
