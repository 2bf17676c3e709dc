namespace BtcAgent.History.Sql;

/// <summary>Quotes values for SQL statements that take no parameters.</summary>
internal static class SqlText
{
    public static string Literal(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    public static string List(IEnumerable<string> values) => $"[{string.Join(", ", values.Select(Literal))}]";
}
