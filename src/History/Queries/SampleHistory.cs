using System.Globalization;
using BtcAgent.Domain.Features;
using BtcAgent.History.Datasets;
using BtcAgent.History.Files;
using BtcAgent.History.Sql;
using DuckDB.NET.Data;

namespace BtcAgent.History.Queries;

/// <summary>
/// Reads the stored feature samples of an instrument, a day at a time, so that a long window needs the memory of a day. The agent may
/// write meanwhile.
/// </summary>
/// <param name="folder">Folder of the history, or of a <see cref="SampleCopy"/>.</param>
/// <param name="schema">Schema of the samples to read; those of another one are counted.</param>
/// <param name="memoryMb">Memory of the reader, MiB.</param>
public sealed class SampleHistory(string folder, FeatureSchema schema, int memoryMb)
{
    /// <summary>The data set of the samples.</summary>
    internal const string DatasetName = "features";

    private const int AttemptsMax = 3;

    /// <param name="instrument">The instrument.</param>
    /// <param name="from">First event time, inclusive.</param>
    /// <param name="to">Last event time, exclusive.</param>
    /// <param name="progress">Receives the share of the days that are done.</param>
    /// <param name="cancellationToken">Checked between days.</param>
    /// <exception cref="HistoryException">There is no history, or it cannot be read.</exception>
    public async Task<StoredSamples> ReadAsync(
        InstrumentId instrument, Timestamp from, Timestamp to, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var files = await HistoryFiles.ReadAsync(folder, cancellationToken);
            var dataset = files.Find(DatasetName);
            var wanted = FilesOf(files.ManifestOf(dataset), instrument, from, to);
            try
            {
                return Read(dataset, wanted, files.PathOf, from, to, progress, cancellationToken);
            }
            catch (DuckDBException e) when (attempt < AttemptsMax && HistoryDatabase.IsFileGone(e))
            {
                // The agent has merged files since the manifest was read.
            }
            catch (DuckDBException e)
            {
                throw new HistoryException($"the feature samples cannot be read: {e.Message.ReplaceLineEndings("\n").Split('\n', 2)[0].Trim()}; 'btcagent data check' names damaged files", e);
            }
        }
    }

    /// <summary>The files of a manifest that can have samples of the instrument from the first time to before the last one.</summary>
    internal static DataFile[] FilesOf(Manifest manifest, InstrumentId instrument, Timestamp from, Timestamp to) =>
    [
        .. manifest.Files.Where(file => file.Instrument == instrument.Key && file.LastTime >= from.UnixNanoseconds && file.FirstTime < to.UnixNanoseconds),
    ];

    private StoredSamples Read(
        Dataset dataset, DataFile[] files, Func<DataFile, string> pathOf, Timestamp from, Timestamp to, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var samples = new StoredSamples(schema.Count);
        using var session = new SqlSession(memoryMb, threads: 1, spillFolder: null);
        var days = files.GroupBy(file => file.Date).OrderBy(day => day.Key).ToArray();
        for (var i = 0; i < days.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report((double)i / days.Length);
            Read(session, Sql(dataset, [.. days[i]], pathOf, from, to), samples, cancellationToken);
        }

        return samples;
    }

    private string Sql(Dataset dataset, DataFile[] files, Func<DataFile, string> pathOf, Timestamp from, Timestamp to)
    {
        var features = string.Join(", ", schema.Definitions.Select(feature => $"\"{feature.Name}\""));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT event_ns, schema_hash = '{schema.Hash:x16}' AS ours, is_warm AND book_in_sync AS known, bid_price::DOUBLE AS bid, ask_price::DOUBLE AS ask, {features}
            FROM ({DatasetSource.Select(dataset, dataset.Columns, files, pathOf)})
            WHERE event_ns >= {from.UnixNanoseconds} AND event_ns < {to.UnixNanoseconds}
            ORDER BY event_ns, fact_log, fact_partition, fact_offset, fact_row
            """);
    }

    private void Read(SqlSession session, string sql, StoredSamples samples, CancellationToken cancellationToken)
    {
        const int Before = 5;
        using var command = session.Command(sql);
        command.UseStreamingMode = true;
        using var stop = cancellationToken.Register(command.Cancel);
        using var reader = command.ExecuteReader();
        var values = new float[schema.Count];
        while (reader.Read())
        {
            if (!reader.GetBoolean(1))
            {
                samples.OtherSchema++;
                continue;
            }

            var (bid, ask) = (reader.GetDouble(3), reader.GetDouble(4));
            if (!reader.GetBoolean(2) || !(bid > 0 && ask >= bid))
            {
                samples.WarmUp++;
                continue;
            }

            for (var i = 0; i < values.Length; i++)
            {
                values[i] = reader.IsDBNull(Before + i) ? float.NaN : reader.GetFloat(Before + i);
            }

            samples.Add(new Timestamp(reader.GetInt64(0)), (bid + ask) / 2, values);
        }
    }
}
