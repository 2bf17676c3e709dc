using System.Globalization;

namespace BtcAgent.Chaos.Tests;

/// <summary>Options of a drill, from the environment that <c>eng/chaos-drill</c> sets.</summary>
public sealed record DrillOptions(int Seed, int Kills, int Orders, string? JsonFile)
{
    /// <summary>Small enough for every build.</summary>
    public static DrillOptions Small { get; } = new(1, 4, 80, null);

    public static DrillOptions FromEnvironment() => new(
        Number("BTCAGENT_CHAOS_SEED", Small.Seed),
        Number("BTCAGENT_CHAOS_KILLS", Small.Kills),
        Number("BTCAGENT_CHAOS_ORDERS", Small.Orders),
        Environment.GetEnvironmentVariable("BTCAGENT_CHAOS_JSON"));

    private static int Number(string name, int fallback) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;
}
