using System.Globalization;

namespace BtcAgent.History.Sinks.Timescale;

/// <summary>How the sink uses the server at hand.</summary>
/// <param name="Kind">How the tables are, or will be, divided.</param>
/// <param name="CreateExtension">Whether the extension must be created in the database first.</param>
/// <param name="Why">Why hypertables are not used; null when they are.</param>
internal sealed record TimescaleChoice(TimescaleKind Kind, bool CreateExtension, string? Why)
{
    /// <summary>The first with <c>date_bin</c> and all of the partitioning that the tables need.</summary>
    public const int PostgresMajorMin = 14;

    /// <summary>The first with <c>by_range</c>, and with aggregates upon aggregates that show the last bucket.</summary>
    public static Version ExtensionMin { get; } = new(2, 13);

    /// <exception cref="SinkException">No way of storing history fits the server; the message says what to do.</exception>
    public static TimescaleChoice For(TimescaleServer server, bool useExtension)
    {
        if (server.PostgresMajor < PostgresMajorMin)
        {
            throw new SinkException(
                $"PostgreSQL {server.PostgresMajor} is too old for the history: use {PostgresMajorMin} or newer")
            { IsFinal = true };
        }

        return server.Existing switch
        {
            TimescaleKind.Partitions => Partitions("its tables were created with native partitions"),
            TimescaleKind.Hypertables => Existing(server),
            _ => useExtension ? New(server) : Partitions($"{TimescaleOptions.Section}:UseExtension is false"),
        };
    }

    private static TimescaleChoice Existing(TimescaleServer server) =>
        server.Installed is null || server.Installed < ExtensionMin || server.IsApache
            ? throw new SinkException(
                $"the history's tables are hypertables, but TimescaleDB is now {Describe(server)}: run it with licence 'timescale' in "
                + $"version {ExtensionMin} or newer, or use another database")
            { IsFinal = true }
            : new TimescaleChoice(TimescaleKind.Hypertables, false, null);

    private static TimescaleChoice New(TimescaleServer server)
    {
        if ((server.Installed ?? server.Available) is not { } version)
        {
            return Partitions("the server has no extension timescaledb");
        }

        if (version < ExtensionMin)
        {
            return Partitions($"TimescaleDB {version} is older than {ExtensionMin}");
        }

        return server.IsApache
            ? Partitions("TimescaleDB runs with timescaledb.license=apache")
            : new TimescaleChoice(TimescaleKind.Hypertables, server.Installed is null, null);
    }

    private static TimescaleChoice Partitions(string why) => new(TimescaleKind.Partitions, false, why);

    private static string Describe(TimescaleServer server) => server.Installed is null
        ? "missing"
        : string.Create(CultureInfo.InvariantCulture, $"{server.Installed}, licence {(server.IsApache ? "apache" : "timescale")}");
}
