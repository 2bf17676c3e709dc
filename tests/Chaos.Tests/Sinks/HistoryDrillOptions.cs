using System.Globalization;
using BtcAgent.Testing;

namespace BtcAgent.Chaos.Tests.Sinks;

/// <summary>Options of a drill of the sinks, from the environment that <c>eng/history-drill</c> sets.</summary>
/// <param name="Seed">Seed of the instants of the kills.</param>
/// <param name="Kills">Kills of the sink's process, for each sink.</param>
/// <param name="OutageSeconds">Time that each server is away in the middle of its run, s.</param>
/// <param name="Tapes">Tapes whose trades are stored.</param>
/// <param name="JsonFile">File for the result; null writes none.</param>
internal sealed record HistoryDrillOptions(int Seed, int Kills, int OutageSeconds, IReadOnlyList<string> Tapes, string? JsonFile)
{
    public static HistoryDrillOptions FromEnvironment() => new(
        Number("BTCAGENT_HISTORY_SEED", 1),
        Number("BTCAGENT_HISTORY_KILLS", 2),
        Number("BTCAGENT_HISTORY_OUTAGE", 2),
        Environment.GetEnvironmentVariable("BTCAGENT_HISTORY_TAPES") is { Length: > 0 } tapes
            ? tapes.Split(Path.PathSeparator) : [RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz")],
        Environment.GetEnvironmentVariable("BTCAGENT_HISTORY_JSON"));

    private static int Number(string name, int fallback) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;
}
