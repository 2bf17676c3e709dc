using System.Text.Json;

namespace BtcAgent.History.Datasets;

/// <summary>A column of a data set.</summary>
/// <param name="Name">Name in the files, lower case with underscores.</param>
/// <param name="Type">Type of its values.</param>
/// <param name="Meaning">Meaning and unit, for the documentation.</param>
/// <param name="IsNullable">True when a row may have no value.</param>
public sealed record DatasetColumn(string Name, ColumnType Type, string Meaning, bool IsNullable = false)
{
    private const string UnitsEnding = "_e8";

    /// <summary>Type in SQL.</summary>
    public string SqlType => Type switch
    {
        ColumnType.Time => "TIMESTAMPTZ",
        ColumnType.Nanos => "SMALLINT",
        ColumnType.Units or ColumnType.Whole => "BIGINT",
        ColumnType.UnitsList => "BIGINT[]",
        ColumnType.Amount => "DECIMAL(38,24)",
        ColumnType.Text => "VARCHAR",
        ColumnType.Real => "DOUBLE",
        ColumnType.Single => "FLOAT",
        ColumnType.SingleList => "FLOAT[]",
        ColumnType.Flag => "BOOLEAN",
        _ => throw new InvalidOperationException($"no SQL type for {Type}"),
    };

    /// <summary>Name in queries: prices and quantities are decimals there, and times have all nanoseconds.</summary>
    public string QueryName => Type switch
    {
        ColumnType.Units or ColumnType.UnitsList => Name[..^UnitsEnding.Length],
        ColumnType.Nanos => Name.Replace("_nanos", "_ns", StringComparison.Ordinal),
        _ => Name,
    };

    /// <summary>Name in JSON: <see cref="QueryName"/> in camel case.</summary>
    public string JsonName => JsonNameOf(QueryName);

    /// <summary>Expression that reads it in a query.</summary>
    public string QueryExpression => Type switch
    {
        // Multiplied as integers: a division would go through floating point.
        ColumnType.Units => $"CAST({Quoted}::DECIMAL(19,0) * 0.00000001::DECIMAL(8,8) AS DECIMAL(38,8))",
        ColumnType.UnitsList => $"list_transform({Quoted}, lambda units: CAST(units::DECIMAL(19,0) * 0.00000001::DECIMAL(8,8) AS DECIMAL(38,8)))",
        ColumnType.Nanos => $"epoch_us(\"{Name.Replace("_nanos", "_time", StringComparison.Ordinal)}\") * 1000 + {Quoted}",
        _ => Quoted,
    };

    /// <summary>Definition in <c>CREATE TABLE</c>.</summary>
    internal string Definition => $"{Quoted} {SqlType}{(IsNullable ? "" : " NOT NULL")}";

    /// <summary>A name of a query in camel case.</summary>
    internal static string JsonNameOf(string name) => JsonNamingPolicy.CamelCase.ConvertName(
        string.Concat(name.Split('_').Select((part, i) => i == 0 || part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..])));

    private string Quoted => $"\"{Name}\"";
}
