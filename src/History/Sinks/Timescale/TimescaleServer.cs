using System.Globalization;
using Npgsql;

namespace BtcAgent.History.Sinks.Timescale;

/// <summary>The properties of a server that decide how the sink uses it.</summary>
/// <param name="PostgresMajor">Major version of PostgreSQL.</param>
/// <param name="Installed">Version of the extension in the database; null without it.</param>
/// <param name="Available">Version of the extension that the server could create; null without one.</param>
/// <param name="IsApache">Whether the extension runs without what is under the Timescale licence.</param>
/// <param name="Existing">How the tables of an earlier start are divided; null before the first start.</param>
internal sealed record TimescaleServer(int PostgresMajor, Version? Installed, Version? Available, bool IsApache, TimescaleKind? Existing)
{
    private const string Ask = """
        SELECT current_setting('server_version_num')::integer / 10000,
            (SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'),
            (SELECT default_version FROM pg_available_extensions WHERE name = 'timescaledb'),
            coalesce(current_setting('timescaledb.license', true), ''),
            (SELECT relkind::text FROM pg_class WHERE oid = to_regclass('trading.market_data'))
        """;

    public static async Task<TimescaleServer> AskAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Ask, connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new TimescaleServer(
            row.GetInt32(0),
            row.IsDBNull(1) ? null : ParseVersion(row.GetString(1)),
            row.IsDBNull(2) ? null : ParseVersion(row.GetString(2)),
            row.GetString(3) == "apache",
            row.IsDBNull(4) ? null : row.GetString(4) == "p" ? TimescaleKind.Partitions : TimescaleKind.Hypertables);
    }

    /// <summary>Reads <c>2.23.0</c> and <c>2.23.0-dev</c>; a version that is neither counts as 0.0.</summary>
    public static Version ParseVersion(string text)
    {
        var parts = text.Split('-')[0].Split('.');
        return parts.Length >= 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
                ? new Version(major, minor)
                : new Version(0, 0);
    }
}
