using BtcAgent.Research.Datasets;
using BtcAgent.Research.Labels;
using BtcAgent.Research.Weights;
using Parquet;
using Parquet.Schema;

namespace BtcAgent.Research.Tests.Datasets;

public sealed class DatasetFileTests : IDisposable
{
    private static readonly StoredDataset Dataset = Make();

    private readonly string _folder = Directory.CreateTempSubdirectory("btcagent-dataset-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "set.parquet");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Read_WhatWasWritten_IsTheSameBitForBit()
    {
        await DatasetWriter.WriteAsync(Path, Dataset);
        var read = await DatasetReader.ReadAsync(Path, Dataset.Rows.SchemaHash);

        Assert.Equal(DatasetHash.Of(Dataset), DatasetHash.Of(read));
        Assert.Equal(Dataset.Rows.Times, read.Rows.Times);
        Assert.Equal(Dataset.Rows.Values, read.Rows.Values);
        Assert.Equal(Dataset.Labels.EndTimes, read.Labels.EndTimes);
        Assert.Equal(Dataset.Labels.Outcome, read.Labels.Outcome);
        Assert.Equal(Dataset.Weights, read.Weights);
        Assert.Equal((Dataset.Labels.Definition, Dataset.Labels.HorizonNs), (read.Labels.Definition, read.Labels.HorizonNs));
        Assert.Equal([Path], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Write_Twice_GivesTheSameBytes()
    {
        await DatasetWriter.WriteAsync(Path, Dataset);
        await DatasetWriter.WriteAsync(Path + "2", Make());

        Assert.Equal(File.ReadAllBytes(Path), File.ReadAllBytes(Path + "2"));
    }

    [Fact]
    public async Task Write_MoreRowsThanAGroup_ReadsThemAll()
    {
        const int Rows = DatasetWriter.GroupRows + 7;
        double[] minutes = [.. Enumerable.Range(0, Rows)];
        var rows = Market.Rows(minutes, minutes);
        var labels = new LabelSet("x", 1, new bool[Rows], new sbyte[Rows], new float[Rows], rows.Times);
        await DatasetWriter.WriteAsync(Path, new(rows, labels, minutes));
        var read = await DatasetReader.ReadAsync(Path);

        Assert.Equal(rows.Values, read.Rows.Values);
        Assert.Equal(minutes, read.Weights);
        await using var reader = await ParquetReader.CreateAsync(Path);
        Assert.Equal(2, reader.RowGroupCount);
    }

    [Fact]
    public async Task Write_Canceled_LeavesNoFile()
    {
        using var cancel = new CancellationTokenSource();
        var progress = new Canceling(cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => DatasetWriter.WriteAsync(Path, Dataset, progress, cancel.Token));

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Read_OtherSchema_SaysBoth()
    {
        await DatasetWriter.WriteAsync(Path, Dataset);
        var error = await Assert.ThrowsAsync<DatasetFileException>(() => DatasetReader.ReadAsync(Path, 1));

        Assert.Contains("0000000000000001", error.Message, StringComparison.Ordinal);
        Assert.Contains(Dataset.Rows.SchemaHash.ToString("x16"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_AnyDamage_IsRefused()
    {
        await DatasetWriter.WriteAsync(Path, Dataset);
        var bytes = File.ReadAllBytes(Path);
        var random = new Random(1);
        var refused = 0;
        for (var i = 0; i < 60; i++)
        {
            var damaged = (byte[])bytes.Clone();
            var at = random.Next(damaged.Length);
            damaged[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(Path, i % 10 == 9 ? bytes[..random.Next(bytes.Length)] : damaged);
            try
            {
                // A bit that no reader uses (statistics, offsets of an index) may flip; the contents may not.
                Assert.Equal(DatasetHash.Of(Dataset), DatasetHash.Of(await DatasetReader.ReadAsync(Path)));
            }
            catch (DatasetFileException e)
            {
                Assert.Contains(Path, e.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.True(refused > 40, $"{refused} of 60 refused");
    }

    [Fact]
    public async Task Read_NoFileOrAnotherParquetFile_IsRefused()
    {
        await Assert.ThrowsAsync<DatasetFileException>(() => DatasetReader.ReadAsync(Path));
        var field = new DataField<int>("a");
        await using (var stream = File.Create(Path))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(field), stream))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<int>(field, new[] { 1 });
        }

        var error = await Assert.ThrowsAsync<DatasetFileException>(() => DatasetReader.ReadAsync(Path));
        Assert.Contains("format", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_MissingColumn_IsNamed()
    {
        await DatasetWriter.WriteAsync(Path, Dataset);
        IReadOnlyDictionary<string, string> metadata;
        await using (var reader = await ParquetReader.CreateAsync(Path))
        {
            metadata = reader.CustomMetadata;
        }

        var field = new DataField<long>("time_ns");
        await using (var stream = File.Create(Path))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(field), stream))
        {
            writer.CustomMetadata = metadata;
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<long>(field, new[] { 1L });
        }

        var error = await Assert.ThrowsAsync<DatasetFileException>(() => DatasetReader.ReadAsync(Path));
        Assert.Contains("f_rsi_14", error.Message, StringComparison.Ordinal);
    }

    private static StoredDataset Make()
    {
        var bars = Market.Walk(6, 700);
        var rows = BarDatasetBuilder.Build(Market.Btc, bars);
        rows.Values[3] = -0f;
        var labels = new TripleBarrierLabeler(BarrierWidths.Fixed(10, 10), TimeSpan.FromMinutes(15))
            .Label(rows, PricePath.FromBars(bars, TimeSpan.FromMinutes(60)));
        return new(rows, labels, UniquenessWeights.Of(rows, labels));
    }

    private sealed class Canceling(CancellationTokenSource cancel) : IProgress<long>
    {
        public void Report(long value) => cancel.Cancel();
    }
}
