using System.Globalization;

namespace BtcAgent.Chaos.Tests.Optimizing;

/// <summary>Options of a drill of the search, from the environment that <c>eng/optimizer-drill</c> sets.</summary>
/// <param name="Seed">Seed of the bars, the search and the instants of the kills.</param>
/// <param name="Kills">Kills of the process that searches.</param>
/// <param name="Trials">Trials of each search.</param>
/// <param name="JsonFile">File for the result; null writes none.</param>
internal sealed record OptimizerDrillOptions(int Seed, int Kills, int Trials, string? JsonFile)
{
    public static OptimizerDrillOptions FromEnvironment() => new(
        Number("BTCAGENT_OPTIMIZER_SEED", 1),
        Number("BTCAGENT_OPTIMIZER_KILLS", 3),
        Number("BTCAGENT_OPTIMIZER_TRIALS", 8),
        Environment.GetEnvironmentVariable("BTCAGENT_OPTIMIZER_JSON"));

    private static int Number(string name, int fallback) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;
}
