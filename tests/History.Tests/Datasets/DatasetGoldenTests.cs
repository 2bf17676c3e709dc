using BtcAgent.History.Datasets;
using BtcAgent.Testing;

namespace BtcAgent.History.Tests.Datasets;

public sealed class DatasetGoldenTests
{
    [Fact]
    public void Golden_Columns_AreThoseOfStoredFiles() => GoldenFile.Check("Datasets.txt", string.Join('\n', HistoryDatasets.Create().SelectMany(
        IEnumerable<string> (dataset) =>
        [
            $"{dataset.Name} of {dataset.Topic}{(dataset.IsByInstrument ? ", by instrument" : "")}",
            .. dataset.Columns.Select(column => $"  {column.Name} {column.SqlType}{(column.IsNullable ? "" : " NOT NULL")}"),
        ])));

    [Fact]
    public void Columns_OfEachDataset_HaveDistinctNamesInFilesAndQueries() => Assert.All(HistoryDatasets.Create(), dataset =>
    {
        Assert.Distinct(dataset.Columns.Select(column => column.Name));
        Assert.Distinct(dataset.Columns.Select(column => column.QueryName));
    });
}
