using BtcAgent.History.Files;

namespace BtcAgent.History.Imports;

/// <summary>
/// Finds the columns of a Parquet file by their names: those of our own export, and the usual ones of other tools. Upper and lower
/// case are the same.
/// </summary>
internal sealed class ParquetColumns
{
    private static readonly string[] Instruments = ["instrument", "symbol", "pair", "ticker"];

    private static readonly Dictionary<RowKind, (string Role, bool IsNeeded, string[] Names)[]> Roles = new()
    {
        [RowKind.Trade] =
        [
            ("time", true, ["event_ns", "event_time", "time", "timestamp", "transact_time", "trade_time", "datetime", "date", "ts"]),
            ("id", true, ["trade_id", "id", "tradeid", "last_trade_id"]),
            ("price", true, ["price", "px"]),
            ("quantity", true, ["quantity", "qty", "size", "amount", "volume"]),
            ("received", false, ["receive_ns", "receive_time", "received_at", "local_timestamp"]),
            ("aggressor", false, ["aggressor", "side", "taker_side"]),
            ("maker", false, ["is_buyer_maker", "buyer_maker"]),
            ("instrument", false, Instruments),
        ],
        [RowKind.Quote] =
        [
            ("time", true, ["event_ns", "event_time", "time", "timestamp", "transaction_time", "datetime", "ts"]),
            ("id", true, ["update_id", "id"]),
            ("bid", true, ["bid_price", "best_bid_price", "bid"]),
            ("bidQuantity", true, ["bid_quantity", "best_bid_qty", "bid_qty", "bid_size", "bid_amount"]),
            ("ask", true, ["ask_price", "best_ask_price", "ask"]),
            ("askQuantity", true, ["ask_quantity", "best_ask_qty", "ask_qty", "ask_size", "ask_amount"]),
            ("received", false, ["receive_ns", "receive_time", "received_at", "local_timestamp"]),
            ("instrument", false, Instruments),
        ],
        [RowKind.Bar] =
        [
            ("time", true, ["open_time", "opentime", "time", "timestamp", "datetime", "date", "unix", "ts"]),
            ("open", true, ["open", "o"]),
            ("high", true, ["high", "h"]),
            ("low", true, ["low", "l"]),
            ("close", true, ["close", "c"]),
            ("volume", true, ["volume", "vol", "v"]),
            ("interval", false, ["interval_ms"]),
            ("buyVolume", false, ["buy_volume", "taker_buy_volume", "taker_buy_base_volume"]),
            ("quoteVolume", false, ["quote_volume"]),
            ("count", false, ["trade_count", "count", "number_of_trades"]),
            ("instrument", false, Instruments),
        ],
    };

    private readonly Dictionary<string, (string Name, string Type)> _byRole;

    private ParquetColumns(RowKind kind, Dictionary<string, (string Name, string Type)> byRole) => (Kind, _byRole) = (kind, byRole);

    public RowKind Kind { get; }

    public bool Has(string role) => _byRole.ContainsKey(role);

    /// <param name="file">Path, for messages.</param>
    /// <param name="columns">Names and SQL types of the file.</param>
    /// <param name="given">Columns by role, as the user names them; they count before the usual names.</param>
    /// <exception cref="HistoryException">The columns are not those of trades, quotes or bars.</exception>
    public static ParquetColumns Find(string file, IReadOnlyDictionary<string, string> columns, IReadOnlyDictionary<string, string> given)
    {
        var known = Roles.Values.SelectMany(roles => roles).Select(role => role.Role).Distinct(StringComparer.Ordinal).ToList();
        foreach (var (role, name) in given)
        {
            if (!known.Contains(role, StringComparer.Ordinal))
            {
                throw new HistoryException($"--columns: there is no '{role}': give {string.Join(", ", known)}");
            }

            if (!columns.ContainsKey(name))
            {
                throw new HistoryException($"{file} has no column '{name}': it has {string.Join(", ", columns.Keys)}");
            }
        }

        var candidates = Roles.Select(kind => (Kind: kind.Key, Found: Match(kind.Value, columns, given), Missing: Missing(kind.Value, columns, given))).ToList();
        var best = candidates.OrderBy(one => one.Missing.Count).ThenByDescending(one => one.Found.Count).First();
        return best.Missing.Count == 0
            ? new ParquetColumns(best.Kind, best.Found)
            : throw new HistoryException(
                $"{file} has the columns {string.Join(", ", columns.Keys)}: to import it as {best.Kind.ToString().ToLowerInvariant()}s it needs "
                + $"{string.Join(", ", best.Missing)}; name them as in --columns {best.Missing[0]}=NAME");
    }

    /// <summary>SQL for a value as text; NULL where the file has no such column.</summary>
    public string Text(string role) => _byRole.TryGetValue(role, out var column) ? $"CAST({Quoted(column.Name)} AS VARCHAR)" : "NULL::VARCHAR";

    /// <summary>SQL for a whole number; NULL where it is none.</summary>
    public string Whole(string role) => _byRole.TryGetValue(role, out var column) ? $"TRY_CAST({Quoted(column.Name)} AS BIGINT)" : "NULL::BIGINT";

    /// <summary>SQL for a time in ns since 1970; NULL where it is none of the years 2009 to 2200.</summary>
    public string Time(string role)
    {
        if (!_byRole.TryGetValue(role, out var column))
        {
            return "NULL::BIGINT";
        }

        var name = Quoted(column.Name);
        return column.Type switch
        {
            "TIMESTAMP_NS" => $"epoch_ns({name})",
            "BIGINT" or "UBIGINT" or "HUGEINT" or "INTEGER" or "UINTEGER" => Epoch($"{name}::HUGEINT"),
            _ => $"epoch_us(TRY_CAST({name} AS TIMESTAMPTZ)) * 1000",
        };
    }

    private static string Epoch(string number) => $"""
        CASE WHEN {number} BETWEEN 1230768000 AND 7289654399 THEN {number} * 1000000000
            WHEN {number} BETWEEN 1230768000000 AND 7289654399999 THEN {number} * 1000000
            WHEN {number} BETWEEN 1230768000000000 AND 7289654399999999 THEN {number} * 1000
            WHEN {number} BETWEEN 1230768000000000000 AND 7289654399999999999 THEN {number} END::BIGINT
        """;

    private static Dictionary<string, (string Name, string Type)> Match(
        (string Role, bool IsNeeded, string[] Names)[] roles, IReadOnlyDictionary<string, string> columns, IReadOnlyDictionary<string, string> given)
    {
        var found = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var (role, _, names) in roles)
        {
            var name = given.TryGetValue(role, out var own) ? own : names.FirstOrDefault(columns.ContainsKey);
            if (name is not null)
            {
                found.Add(role, (columns.Keys.First(column => string.Equals(column, name, StringComparison.OrdinalIgnoreCase)), columns[name]));
            }
        }

        return found;
    }

    private static List<string> Missing(
        (string Role, bool IsNeeded, string[] Names)[] roles, IReadOnlyDictionary<string, string> columns, IReadOnlyDictionary<string, string> given) =>
        [.. roles.Where(role => role.IsNeeded && !given.ContainsKey(role.Role) && !role.Names.Any(columns.ContainsKey)).Select(role => role.Role)];

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
