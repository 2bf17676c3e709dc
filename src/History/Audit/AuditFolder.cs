using BtcAgent.Contracts.Audit;
using BtcAgent.Domain.Audit;

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

    public Task<AuditHead> OpenAsync(CancellationToken cancellationToken) => ExclusiveAsync(Open, cancellationToken);

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

    private AuditHead Open()
    {
        Directory.CreateDirectory(folder);
        var head = AuditFiles.ReadHead(folder) ?? AuditHead.Genesis;
        if (AuditFiles.Days(folder) is not [.., var day])
        {
            return head;
        }

        var path = AuditFiles.PathOf(folder, day);
        var last = LastOf(path, day);
        EndLine(path, isAcknowledged: last.Sequence < head.Sequence);
        return last.Sequence >= head.Sequence ? last : head;
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

        WriteHead(lines[^1]);
    }

    private void WriteHead(AuditLine line)
    {
        using var file = new FileStream(
            Path.Combine(folder, AuditFiles.HeadName), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 0);
        file.Write(AuditFiles.HeadBytes(new AuditHead(line.Entry.Sequence, line.Entry.Hash, line.Day)));
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
