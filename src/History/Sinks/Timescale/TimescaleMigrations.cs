using System.Text;
using BtcAgent.Storage.Postgres;

namespace BtcAgent.History.Sinks.Timescale;

/// <summary>
/// The migrations of schema <c>trading</c>. A line <c>-- @timescale</c> or <c>-- @native</c> begins statements of one kind of
/// server, <c>-- @both</c> ends them; <c>{partitioned by COLUMN}</c> divides a table on a server without hypertables.
/// </summary>
internal static class TimescaleMigrations
{
    public const string Schema = "trading";

    private const string Folder = "TimescaleMigrations/";
    private const string Partitioned = "{partitioned by ";

    public static MigrationSet For(TimescaleKind kind) =>
        MigrationSet.FromResources(Schema, typeof(TimescaleMigrations).Assembly, Folder, text => Choose(text, kind));

    public static string Choose(string text, TimescaleKind kind)
    {
        var chosen = new StringBuilder(text.Length);
        var isChosen = true;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            isChosen = line switch
            {
                "-- @both" => true,
                "-- @timescale" => kind == TimescaleKind.Hypertables,
                "-- @native" => kind == TimescaleKind.Partitions,
                _ => isChosen,
            };
            if (isChosen)
            {
                chosen.Append(Divide(line, kind)).Append('\n');
            }
        }

        return chosen.ToString();
    }

    private static string Divide(string line, TimescaleKind kind)
    {
        var start = line.IndexOf(Partitioned, StringComparison.Ordinal);
        if (start < 0)
        {
            return line;
        }

        var end = line.IndexOf('}', start);
        var column = line[(start + Partitioned.Length)..end];
        var clause = kind == TimescaleKind.Partitions ? $"PARTITION BY RANGE ({column})" : "";
        return string.Concat(line.AsSpan(0, start), clause, line.AsSpan(end + 1));
    }
}
