using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using BtcAgent.Contracts.Audit;
using BtcAgent.Domain.Audit;

namespace BtcAgent.Grains.Audit;

/// <summary>The audit of a cluster, in pages of the grain store. An entry's page follows from its number, so that no index is needed.</summary>
internal sealed class PagedAuditStore(IGrainFactory grains) : IAuditStore
{
    /// <summary>Entries of a page: each append rewrites its page, some 100 KB at most.</summary>
    private const int PageLength = 256;

    public async Task<AuditOpening> OpenAsync(AuditHead? known, CancellationToken cancellationToken)
    {
        var recorded = HeadOf(await Head.Read());
        var page = await LastPageAsync();
        var lines = page < 0 ? [] : await Page(page).Read();
        var last = HeadOf(lines);
        if (known is { Sequence: > 0 } && PageOf(known.Sequence) is var earlier && earlier < page)
        {
            lines = [.. await Page(earlier).Read(), .. lines];
        }

        return new AuditOpening(
            AuditEnd.Latest(last, recorded, known),
            AuditEnd.Damage(last, recorded, known, sequence => lines.Select(line => HeadOf([line])).FirstOrDefault(entry => entry.Sequence == sequence)?.Hash));
    }

    public async Task AppendAsync(IReadOnlyList<AuditLine> lines, CancellationToken cancellationToken)
    {
        foreach (var ofPage in lines.GroupBy(line => PageOf(line.Entry.Sequence)))
        {
            await Page(ofPage.Key).Append([.. ofPage.Select(Stored)]);
        }

        await Head.Replace(Stored(lines[^1]));
    }

    public async Task<IReadOnlyList<AuditEntry>> ReadAsync(long before, int limit, CancellationToken cancellationToken)
    {
        var entries = new List<AuditEntry>();
        for (var page = Math.Min(await LastPageAsync(), PageOf(Math.Max(1, before - 1))); page >= 0 && entries.Count < limit; page--)
        {
            var read = (await Page(page).Read()).Reverse().Select(line => AuditFormat.Read(Encoding.ASCII.GetBytes(line.Text)));
            entries.AddRange(read.OfType<AuditEntry>().Where(entry => entry.Sequence < before).Take(limit - entries.Count));
        }

        return entries;
    }

    public async Task<IReadOnlyList<string>> DaysAsync(CancellationToken cancellationToken)
    {
        var days = new SortedSet<string>(StringComparer.Ordinal);
        for (var page = await LastPageAsync(); page >= 0; page--)
        {
            days.UnionWith((await Page(page).Read()).Select(line => line.Day));
        }

        return [.. days];
    }

    public async Task<byte[]> ExportAsync(string day, CancellationToken cancellationToken)
    {
        var pages = new List<ImmutableArray<StoredAuditLine>>();
        for (var page = await LastPageAsync(); page >= 0; page--)
        {
            var lines = await Page(page).Read();
            pages.Add(lines);
            if (lines.Length > 0 && string.CompareOrdinal(lines[0].Day, day) < 0)
            {
                break;
            }
        }

        pages.Reverse();
        return Encoding.ASCII.GetBytes(string.Concat(pages.SelectMany(lines => lines).Where(line => line.Day == day).Select(line => line.Text + "\n")));
    }

    private IAuditPageGrain Head => grains.GetGrain<IAuditPageGrain>(IAuditPageGrain.HeadKey);

    private static long PageOf(long sequence) => (sequence - 1) / PageLength;

    private static StoredAuditLine Stored(AuditLine line) => new(line.Day, Encoding.ASCII.GetString(line.Text.AsSpan()));

    private static AuditHead HeadOf(ImmutableArray<StoredAuditLine> lines) =>
        lines is [.., var last] && AuditFormat.TryReadPlace(Encoding.ASCII.GetBytes(last.Text), out _, out var sequence, out var hash)
            ? new AuditHead(sequence, hash, last.Day)
            : AuditHead.Genesis;

    private IAuditPageGrain Page(long number) => grains.GetGrain<IAuditPageGrain>(number.ToString("D12", CultureInfo.InvariantCulture));

    /// <summary>Number of the last page with entries, −1 for none; pages before it are full.</summary>
    private async Task<long> LastPageAsync()
    {
        if (await IsEmptyAsync(0))
        {
            return -1;
        }

        long filled = 0, empty = 1;
        while (!await IsEmptyAsync(empty))
        {
            (filled, empty) = (empty, empty * 2);
        }

        while (empty - filled > 1)
        {
            var middle = filled + ((empty - filled) / 2);
            (filled, empty) = await IsEmptyAsync(middle) ? (filled, middle) : (middle, empty);
        }

        return filled;
    }

    private async Task<bool> IsEmptyAsync(long page) => (await Page(page).Read()).Length == 0;
}
