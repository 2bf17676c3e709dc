using System.Security.Cryptography;
using System.Text;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Imports;
using BtcAgent.Research.Bars;
using Google.Protobuf;

namespace BtcAgent.Cli.Imports;

/// <summary>
/// Imports files of one instrument. A file's messages have the same offsets each time, so that an interrupted import continues and
/// a repeated one adds nothing. A file is read twice: the first pass judges it, so that a refused file leaves nothing behind.
/// </summary>
internal sealed class FileImport(HistoryImport history, InstrumentId instrument, ImportPolicy policy, TimeProvider time)
{
    /// <summary>Rows of one message; part of the format, because offsets count messages.</summary>
    private const int RowsPerMessage = 1_000;

    /// <summary>Messages in one write.</summary>
    private const int MessagesPerWrite = 8;

    private const int HashLetters = 16;

    public async Task<ImportedFile> ImportAsync(IImportFile file, CancellationToken cancellationToken)
    {
        var remarks = new List<string>();
        var inspection = new FileInspection(file, policy);
        var (first, last, rows) = (default(Timestamp), default(Timestamp), 0L);
        foreach (var row in file.Read(withMessages: false, remarks.Add))
        {
            cancellationToken.ThrowIfCancellationRequested();
            inspection.Accepts(row);
            first = rows++ == 0 || row.Time < first ? row.Time : first;
            last = row.Time > last ? row.Time : last;
        }

        if (rows == 0)
        {
            throw new BarFileException($"{file.Path}: the file has no rows");
        }

        var source = file.SourcePrefix + await NameAsync(file, cancellationToken);
        var (stored, known) = await StoreAsync(file, source, cancellationToken);
        return new ImportedFile(
            file.Path, file.Format.ToString(), source, rows, stored, known, [.. remarks, .. inspection.Findings()], first.ToDateTimeOffset(), last.ToDateTimeOffset());
    }

    private async Task<(long Stored, long Known)> StoreAsync(IImportFile file, string source, CancellationToken cancellationToken)
    {
        var checkpoint = await history.CheckpointAsync(source, file.Topic, cancellationToken);
        var now = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        var inspection = new FileInspection(file, policy);
        var (stored, known, offset) = (0L, 0L, 0L);
        List<IMessage?> waiting = [];
        foreach (var chunk in file.Read(withMessages: true, _ => { }).Chunk(file.Topic == FactTopic.Bars ? 1 : RowsPerMessage))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var accepted = Array.FindAll(chunk, row => inspection.Accepts(row));
            var isStored = offset + waiting.Count < checkpoint;
            var added = isStored ? [] : Array.FindAll(accepted, row => !IsKnown(file, row));
            known += accepted.Length - added.Length;
            stored += added.Length;
            if (isStored)
            {
                offset++;
                continue;
            }

            waiting.Add(added.Length == 0 ? null : MessageOf(file.Topic, added));
            if (waiting.Count == MessagesPerWrite)
            {
                await history.WriteAsync(source, file.Topic, offset, waiting, now, cancellationToken);
                offset += waiting.Count;
                waiting = [];
            }
        }

        if (waiting.Count > 0)
        {
            await history.WriteAsync(source, file.Topic, offset, waiting, now, cancellationToken);
        }

        await history.FlushAsync(cancellationToken);
        return (stored, known);
    }

    private IMessage MessageOf(FactTopic topic, ImportRow[] rows)
    {
        if (topic == FactTopic.Bars)
        {
            return rows[0].Message!;
        }

        var batch = new MarketDataBatch { Instrument = instrument.Key, IngestedAt = rows[0].Time.UnixNanoseconds };
        batch.Events.AddRange(rows.Select(row => (MarketEvent)row.Message!));
        return batch;
    }

    private bool IsKnown(IImportFile file, in ImportRow row)
    {
        switch (row.Kind)
        {
            case RowKind.Trade:
                return history.StoredTrades(instrument, DayOf(row.Time), file.OtherSources).Overlaps(row.FirstId, row.LastId);
            case RowKind.Quote:
                return history.StoredQuotes(instrument, row.Time).Overlaps(row.LastId, row.LastId);
            default:
                // The history files a bar under the day of its close.
                var place = row.Time.UnixNanoseconds / 100 / row.Interval.Ticks;
                return history.StoredBars(instrument, DayOf(row.Time + row.Interval), row.Interval).Overlaps(place, place);
        }
    }

    private static DateOnly DayOf(Timestamp at) => DateOnly.FromDateTime(at.ToDateTimeOffset().UtcDateTime);

    /// <summary>
    /// Names what is stored of a file. The same content read otherwise gives other rows; of these the ids say which the history has.
    /// </summary>
    private async Task<string> NameAsync(IImportFile file, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file.Path);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        var whole = SHA256.HashData(Encoding.UTF8.GetBytes($"{hash} {instrument} {file.Options} {policy}"));
        return Convert.ToHexStringLower(whole)[..HashLetters];
    }
}
