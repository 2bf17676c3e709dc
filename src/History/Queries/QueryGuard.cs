using System.Collections.Frozen;
using System.Text.Json;
using BtcAgent.History.Files;
using BtcAgent.History.Sql;

namespace BtcAgent.History.Queries;

/// <summary>
/// Admits one SELECT over the views. DuckDB's own parser decides what a statement is; table functions are admitted by name, since
/// some of them read or write elsewhere.
/// </summary>
internal static class QueryGuard
{
    private static readonly FrozenSet<string> TableFunctions = new[] { "range", "generate_series", "unnest", "repeat_row" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> RefusedFunctions = new[] { "write_log", "set_config", "setseed", "nextval", "currval" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <returns>Names of the tables that it reads.</returns>
    /// <exception cref="HistoryException">The text is not one SELECT, or uses a function that is not admitted.</exception>
    public static IReadOnlySet<string> Check(SqlSession session, string sql)
    {
        using var command = session.Command($"SELECT json_serialize_sql({SqlText.Literal(sql)})");
        using var parsed = JsonDocument.Parse((string)command.ExecuteScalar()!, new JsonDocumentOptions { MaxDepth = 1_000 });
        var root = parsed.RootElement;
        if (root.GetProperty("error").GetBoolean())
        {
            throw new HistoryException(root.GetProperty("error_type").GetString() == "not implemented"
                ? "only SELECT statements are allowed: the history is read-only"
                : $"the query is not valid SQL: {Line(root.GetProperty("error_message").GetString() ?? "")}");
        }

        var statements = root.GetProperty("statements").GetArrayLength();
        if (statements != 1)
        {
            throw new HistoryException($"the query has {statements} statements: give one SELECT");
        }

        var tables = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Walk(root.GetProperty("statements")[0], tables);
        return tables;
    }

    private static string Line(string message) => message.Split('\n', 2)[0].Trim();

    private static void Walk(JsonElement element, HashSet<string> tables)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Walk(item, tables);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            Check(element);
            if (TypeOf(element) == "BASE_TABLE" && element.TryGetProperty("table_name", out var table))
            {
                tables.Add(table.GetString() ?? "");
            }

            foreach (var property in element.EnumerateObject())
            {
                Walk(property.Value, tables);
            }
        }
    }

    private static void Check(JsonElement node)
    {
        if (TypeOf(node) == "TABLE_FUNCTION" && node.TryGetProperty("function", out var function))
        {
            var name = NameOf(function);
            if (!TableFunctions.Contains(name))
            {
                throw new HistoryException($"the table function {name} is not allowed: query the views, such as trades");
            }
        }
        else if (NameOf(node) is { Length: > 0 } called && RefusedFunctions.Contains(called))
        {
            throw new HistoryException($"the function {called} is not allowed: the history is read-only");
        }
    }

    private static string TypeOf(JsonElement node) =>
        node.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()! : "";

    private static string NameOf(JsonElement node) =>
        node.TryGetProperty("function_name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "";
}
