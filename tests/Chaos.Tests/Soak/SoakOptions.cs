using System.Globalization;

namespace BtcAgent.Chaos.Tests.Soak;

/// <summary>Duration and number of pages of <c>eng/soak</c>; null without its environment variables.</summary>
internal sealed record SoakOptions(double Minutes, int Pages, string? JsonFile, string? DataFolder)
{
    public static SoakOptions? FromEnvironment() => Read("MINUTES") is not { } minutes ? null : new SoakOptions(
        double.Parse(minutes, CultureInfo.InvariantCulture),
        int.Parse(Read("PAGES") ?? "4", CultureInfo.InvariantCulture),
        Read("JSON"),
        Read("DATA"));

    private static string? Read(string name) =>
        Environment.GetEnvironmentVariable($"BTCAGENT_SOAK_{name}") is { Length: > 0 } value ? value : null;
}
