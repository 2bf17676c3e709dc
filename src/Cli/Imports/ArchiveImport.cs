using System.Security.Cryptography;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Imports;
using BtcAgent.Research.Archives;
using BtcAgent.Research.Bars;
using Google.Protobuf;

namespace BtcAgent.Cli.Imports;

/// <summary>
/// Imports archives of one instrument. A file's messages have the same offsets each time, so that an interrupted import continues and
/// a repeated one adds nothing. A file is read twice: the first pass judges it, so that a refused file leaves nothing behind.
/// </summary>
internal sealed class ArchiveImport(HistoryImport history, InstrumentId instrument, ImportPolicy policy, TimeProvider time)
{
    /// <summary>Rows of one message; part of the format, because offsets count messages.</summary>
    private const int RowsPerMessage = 1_000;

    /// <summary>Messages in one write.</summary>
    private const int MessagesPerWrite = 8;

    private const int HashLetters = 16;
    private const string TradesPrefix = "import-trades-";
    private const string AggTradesPrefix = "import-aggtrades-";
    private const string KlinesPrefix = "import-klines-";

    public async Task<ImportedFile> ImportAsync(string path, ArchiveKind kind, CancellationToken cancellationToken)
    {
        var remarks = new List<string>();
        var inspection = new RowInspection(path, kind, policy);
        var (first, last, rows) = (default(Timestamp), default(Timestamp), 0L);
        foreach (var row in ArchiveFile.Read(path, kind, remarks.Add))
        {
            cancellationToken.ThrowIfCancellationRequested();
            inspection.Accepts(row);
            first = rows++ == 0 || row.Time < first ? row.Time : first;
            last = row.Time > last ? row.Time : last;
        }

        if (rows == 0)
        {
            throw new BarFileException($"{path}: the archive has no rows");
        }

        var prefix = kind switch { ArchiveKind.Klines => KlinesPrefix, ArchiveKind.Trades => TradesPrefix, _ => AggTradesPrefix };
        var source = prefix + (await HashAsync(path, cancellationToken))[..HashLetters];
        var (stored, known) = await StoreAsync(path, kind, source, cancellationToken);
        return new ImportedFile(
            path, kind.ToString(), source, rows, stored, known, [.. remarks, .. inspection.Findings()], first.ToDateTimeOffset(), last.ToDateTimeOffset());
    }

    private async Task<(long Stored, long Known)> StoreAsync(string path, ArchiveKind kind, string source, CancellationToken cancellationToken)
    {
        var topic = kind == ArchiveKind.Klines ? FactTopic.Bars : FactTopic.MarketData;
        var checkpoint = await history.CheckpointAsync(source, topic, cancellationToken);
        var now = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        var inspection = new RowInspection(path, kind, policy);
        var (stored, known, offset) = (0L, 0L, 0L);
        List<IMessage?> waiting = [];
        foreach (var chunk in ArchiveFile.Read(path, kind, _ => { }).Chunk(kind == ArchiveKind.Klines ? 1 : RowsPerMessage))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var accepted = Array.FindAll(chunk, row => inspection.Accepts(row));
            var isStored = offset + waiting.Count < checkpoint;
            var added = isStored ? [] : Array.FindAll(accepted, row => !IsKnown(kind, row));
            known += accepted.Length - added.Length;
            stored += added.Length;
            if (isStored)
            {
                offset++;
                continue;
            }

            waiting.Add(added.Length == 0 ? null : MessageOf(kind, added));
            if (waiting.Count == MessagesPerWrite)
            {
                await history.WriteAsync(source, topic, offset, waiting, now, cancellationToken);
                offset += waiting.Count;
                waiting = [];
            }
        }

        if (waiting.Count > 0)
        {
            await history.WriteAsync(source, topic, offset, waiting, now, cancellationToken);
        }

        await history.FlushAsync(cancellationToken);
        return (stored, known);
    }

    private IMessage MessageOf(ArchiveKind kind, ArchiveRow[] rows)
    {
        if (kind == ArchiveKind.Klines)
        {
            return ArchiveMessages.Bar(instrument, rows[0]);
        }

        var batch = new MarketDataBatch { Instrument = instrument.Key, IngestedAt = rows[0].Time.UnixNanoseconds };
        batch.Events.AddRange(rows.Select(row => ArchiveMessages.Trade(row)));
        return batch;
    }

    private bool IsKnown(ArchiveKind kind, ArchiveRow row) => kind switch
    {
        // The history files a bar under the day of its close.
        ArchiveKind.Klines => history.StoredBars(instrument, DayOf(row.Time + row.Interval), row.Interval).Overlaps(row.FirstId, row.LastId),
        ArchiveKind.Trades => history.StoredTrades(instrument, DayOf(row.Time), TradesPrefix, AggTradesPrefix).Overlaps(row.FirstId, row.LastId),
        _ => history.StoredTrades(instrument, DayOf(row.Time), AggTradesPrefix, TradesPrefix).Overlaps(row.FirstId, row.LastId),
    };

    private static DateOnly DayOf(Timestamp at) => DateOnly.FromDateTime(at.ToDateTimeOffset().UtcDateTime);

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }
}
