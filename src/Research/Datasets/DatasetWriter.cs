using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using BtcAgent.Storage.Files;
using Parquet;
using Parquet.Schema;

namespace BtcAgent.Research.Datasets;

/// <summary>
/// Writes datasets as Parquet. The same dataset gives the same bytes, and a file is either complete or absent.
/// </summary>
public static class DatasetWriter
{
    /// <summary>Rows per row group.</summary>
    public const int GroupRows = 200_000;

    /// <summary>More than the metadata of a thousand columns in many row groups.</summary>
    private const int TailLength = 4 * 1024 * 1024;

    /// <summary>True for a file that <see cref="WriteAsync"/> wrote, by the metadata at its end.</summary>
    public static bool IsDataset(string path)
    {
        using var file = File.OpenRead(path);
        var tail = new byte[Math.Min(file.Length, TailLength)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        return tail.AsSpan().EndsWith("PAR1"u8) && tail.AsSpan().IndexOf(Encoding.ASCII.GetBytes(DatasetColumns.Format)) >= 0;
    }

    /// <exception cref="ArgumentException">Labels or weights do not match the rows.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task WriteAsync(
        string path, StoredDataset dataset, IProgress<long>? progress = null, CancellationToken cancel = default)
    {
        var (rows, labels) = (dataset.Rows, dataset.Labels);
        int[] lengths =
        [
            labels.Known.Length, labels.Outcome.Length, labels.ReturnBps.Length, labels.EndTimes.Length, dataset.Weights.Length,
        ];
        if (lengths.Any(l => l != rows.Rows))
        {
            throw new ArgumentException($"labels or weights do not match the {rows.Rows} rows", nameof(dataset));
        }

        var features = DatasetColumns.Features(rows.Features);
        using var file = new AtomicFile(path);
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Snappy, DictionaryEncodingThreshold = 0 };
        await using (var writer = await ParquetWriter.CreateAsync(
            DatasetColumns.Schema(features), file.Stream, options, append: false, cancel))
        {
            writer.CustomMetadata = Metadata(dataset);
            for (var from = 0; from < rows.Rows; from += GroupRows)
            {
                using var group = writer.CreateRowGroup();
                await WriteGroupAsync(group, dataset, features, from, Math.Min(GroupRows, rows.Rows - from), cancel);
                progress?.Report(Math.Min(rows.Rows, from + GroupRows));
            }
        }

        cancel.ThrowIfCancellationRequested();
        file.Commit();
    }

    private static SortedDictionary<string, string> Metadata(StoredDataset dataset) => new(StringComparer.Ordinal)
    {
        [DatasetColumns.FormatKey] = DatasetColumns.Format,
        [DatasetColumns.InstrumentKey] = dataset.Rows.Instrument.ToString(),
        [DatasetColumns.SchemaHashKey] = dataset.Rows.SchemaHash.ToString("x16", CultureInfo.InvariantCulture),
        [DatasetColumns.FeaturesKey] = string.Join(',', dataset.Rows.Features),
        [DatasetColumns.LabelKey] = dataset.Labels.Definition,
        [DatasetColumns.HorizonKey] = dataset.Labels.HorizonNs.ToString(CultureInfo.InvariantCulture),
        [DatasetColumns.DataHashKey] = DatasetHash.Of(dataset),
        [DatasetColumns.RowsKey] = dataset.Rows.Rows.ToString(CultureInfo.InvariantCulture),
    };

    private static async Task WriteGroupAsync(
        ParquetRowGroupWriter group, StoredDataset dataset, ImmutableArray<DataField<float>> features, int from, int count,
        CancellationToken cancel)
    {
        var (rows, labels) = (dataset.Rows, dataset.Labels);
        await Column(DatasetColumns.Time, DatasetColumns.Nanoseconds(rows.Times[from..(from + count)]), 0);
        await Column(DatasetColumns.Price, rows.Prices, from);
        var values = new float[count];
        for (var feature = 0; feature < features.Length; feature++)
        {
            for (var i = 0; i < count; i++)
            {
                values[i] = rows.Values[((from + i) * features.Length) + feature];
            }

            await Column(features[feature], values, 0);
        }

        await Column(DatasetColumns.Known, labels.Known, from);
        await Column(DatasetColumns.Outcome, Array.ConvertAll(labels.Outcome[from..(from + count)], o => (int)o), 0);
        await Column(DatasetColumns.ReturnBps, labels.ReturnBps, from);
        await Column(DatasetColumns.EndTime, DatasetColumns.Nanoseconds(labels.EndTimes[from..(from + count)]), 0);
        await Column(DatasetColumns.Weight, dataset.Weights, from);

        async Task Column<T>(DataField field, T[] column, int at)
            where T : struct => await group.WriteAsync<T>(field, column.AsMemory(at, count), null, null, cancel);
    }
}
