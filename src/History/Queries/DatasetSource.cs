using BtcAgent.History.Datasets;
using BtcAgent.History.Files;
using BtcAgent.History.Sql;

namespace BtcAgent.History.Queries;

/// <summary>SQL that reads files of a data set.</summary>
internal static class DatasetSource
{
    /// <summary>Name of the instrument in queries; files have it in their path.</summary>
    public const string InstrumentColumn = "instrument";

    /// <summary>A query for all columns as users see them: decimals, nanoseconds, the instrument as <c>VENUE:SYMBOL</c>.</summary>
    public static string Select(Dataset dataset, IEnumerable<DatasetColumn> columns, IReadOnlyCollection<DataFile> files, Func<DataFile, string> pathOf)
    {
        var shown = columns.Select(column => $"{column.QueryExpression} AS \"{column.QueryName}\"");
        if (dataset.IsByInstrument)
        {
            shown = shown.Prepend($"replace({InstrumentColumn}, '_', ':') AS {InstrumentColumn}");
        }

        return $"SELECT {string.Join(", ", shown)} FROM {From(dataset, files, pathOf)}";
    }

    /// <summary>A table function with the stored columns, and the instrument where paths have it.</summary>
    public static string From(Dataset dataset, IReadOnlyCollection<DataFile> files, Func<DataFile, string> pathOf)
    {
        if (files.Count == 0)
        {
            var nothing = dataset.Columns.Select(column => $"NULL::{column.SqlType} AS \"{column.Name}\"");
            return $"(SELECT NULL::VARCHAR AS {InstrumentColumn}, {string.Join(", ", nothing)} WHERE false)";
        }

        // Only files of different versions need their columns matched by name, which reads all of them first.
        var byName = files.Select(file => file.Schema).Distinct().Skip(1).Any() ? ", union_by_name = true" : "";
        var hive = dataset.IsByInstrument
            ? $"hive_partitioning = true, hive_types = {{'dataset': VARCHAR, '{InstrumentColumn}': VARCHAR, 'date': DATE}}"
            : "hive_partitioning = false";
        return $"read_parquet({SqlText.List(files.Select(pathOf))}, {hive}{byName})";
    }
}
