using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace BtcAgent.Research.Datasets;

/// <summary>Reads the files of <see cref="DatasetWriter"/> only: hash, columns and contents must agree.</summary>
public static class DatasetReader
{
    /// <param name="path">Path of a dataset file.</param>
    /// <param name="schemaHash">Required feature schema; null accepts any.</param>
    /// <param name="cancel">Checked between columns.</param>
    /// <exception cref="DatasetFileException">The file is absent or damaged, or has another format, schema or set of
    /// columns.</exception>
    public static async Task<StoredDataset> ReadAsync(
        string path, ulong? schemaHash = null, CancellationToken cancel = default)
    {
        try
        {
            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: false);
            await using var reader = await ParquetReader.CreateAsync(stream, new ParquetOptions(), leaveStreamOpen: true, cancel);
            return await ReadAsync(path, reader, schemaHash, cancel);
        }
        catch (Exception e) when (e is not DatasetFileException and not OperationCanceledException and not OutOfMemoryException)
        {
            // The Parquet library throws exceptions of many types for a broken file.
            throw new DatasetFileException(
                e is FileNotFoundException or DirectoryNotFoundException
                    ? $"{path}: the file does not exist"
                    : $"{path} is damaged or not a Parquet file: {e.Message}",
                e);
        }
    }

    private static async Task<StoredDataset> ReadAsync(
        string path, ParquetReader reader, ulong? schemaHash, CancellationToken cancel)
    {
        var metadata = reader.CustomMetadata;
        if (Value(DatasetColumns.FormatKey) is var format && format != DatasetColumns.Format)
        {
            throw new DatasetFileException($"{path}: format '{format}', not {DatasetColumns.Format}");
        }

        var found = ulong.Parse(Value(DatasetColumns.SchemaHashKey), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        if (schemaHash is { } expected && expected != found)
        {
            throw new DatasetFileException(
                $"{path}: feature schema {found:x16}, but {expected:x16} is needed: build the dataset again");
        }

        var names = Value(DatasetColumns.FeaturesKey).Split(',', StringSplitOptions.RemoveEmptyEntries);
        var dataset = await ReadColumnsAsync(path, reader, names, new(
            InstrumentId.Parse(Value(DatasetColumns.InstrumentKey)),
            found,
            Value(DatasetColumns.LabelKey),
            long.Parse(Value(DatasetColumns.HorizonKey), CultureInfo.InvariantCulture),
            int.Parse(Value(DatasetColumns.RowsKey), CultureInfo.InvariantCulture)), cancel);
        var hash = DatasetHash.Of(dataset);
        return hash == Value(DatasetColumns.DataHashKey)
            ? dataset
            : throw new DatasetFileException($"{path} is damaged: its contents have hash {hash}, not {Value(DatasetColumns.DataHashKey)}");

        string Value(string key) => metadata.TryGetValue(key, out var value)
            ? value
            : throw new DatasetFileException($"{path}: no '{key}' in its metadata; it is not a dataset of this program");
    }

    private static async Task<StoredDataset> ReadColumnsAsync(
        string path, ParquetReader reader, string[] names, Head head, CancellationToken cancel)
    {
        var features = DatasetColumns.Features(names);
        var present = reader.Schema.GetDataFields().Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var missing = DatasetColumns.Schema(features).GetDataFields().Select(f => f.Name).Where(n => !present.Contains(n)).ToList();
        if (missing.Count > 0)
        {
            throw new DatasetFileException($"{path}: missing columns: {string.Join(", ", missing)}");
        }

        var count = head.Rows;
        var (times, prices, values) = (new long[count], new double[count], new float[checked(count * names.Length)]);
        var (known, outcome, returns) = (new bool[count], new int[count], new float[count]);
        var (ends, weights, column) = (new long[count], new double[count], new float[Math.Min(count, DatasetWriter.GroupRows)]);
        var from = 0;
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            using var group = reader.OpenRowGroupReader(g);
            var size = checked((int)group.RowCount);
            if (from + size > count || size > DatasetWriter.GroupRows)
            {
                throw new DatasetFileException($"{path} is damaged: more rows than the {count} that it states");
            }

            await Read(DatasetColumns.Time, times.AsMemory(from, size));
            await Read(DatasetColumns.Price, prices.AsMemory(from, size));
            for (var feature = 0; feature < names.Length; feature++)
            {
                await Read(features[feature], column.AsMemory(0, size));
                for (var i = 0; i < size; i++)
                {
                    values[((from + i) * names.Length) + feature] = column[i];
                }
            }

            await Read(DatasetColumns.Known, known.AsMemory(from, size));
            await Read(DatasetColumns.Outcome, outcome.AsMemory(from, size));
            await Read(DatasetColumns.ReturnBps, returns.AsMemory(from, size));
            await Read(DatasetColumns.EndTime, ends.AsMemory(from, size));
            await Read(DatasetColumns.Weight, weights.AsMemory(from, size));
            from += size;

            async Task Read<T>(DataField field, Memory<T> into)
                where T : struct
            {
                var own = reader.Schema.GetDataFields().Single(f => f.Name == field.Name);
                await group.ReadAsync(own, into, null, cancel);
            }
        }

        if (from != count)
        {
            throw new DatasetFileException($"{path} is damaged: {from} rows, not {count}");
        }

        return new(
            new(head.Instrument, head.SchemaHash, [.. names], DatasetColumns.Times(times), prices, values),
            new(head.Label, head.HorizonNs, known, Array.ConvertAll(outcome, o => checked((sbyte)o)), returns, DatasetColumns.Times(ends)),
            weights);
    }

    private sealed record Head(InstrumentId Instrument, ulong SchemaHash, string Label, long HorizonNs, int Rows);
}
