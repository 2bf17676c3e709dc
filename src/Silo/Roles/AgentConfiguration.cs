using System.Globalization;
using BtcAgent.Contracts.Settings;
using BtcAgent.Silo.Settings;
using BtcAgent.Silo.Venues;

namespace BtcAgent.Silo.Roles;

/// <summary>The settings of an agent by its command line.</summary>
internal static class AgentConfiguration
{
    /// <summary>Reads the sources of the agent's host, in its order.</summary>
    /// <param name="settings">The agent's command line.</param>
    /// <param name="folder">Folder of its <c>appsettings.json</c>.</param>
    /// <exception cref="InvalidDataException">A file cannot be read.</exception>
    public static IConfigurationRoot Read(AgentSettings settings, string folder)
    {
        var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? "Production";
        return new ConfigurationBuilder()
            .SetBasePath(folder)
            .AddJsonFile("appsettings.json", optional: true)
            .AddJsonFile($"appsettings.{environment}.json", optional: true)
            .AddEnvironmentVariables()
            .AddInMemoryCollection(Overrides(settings))
            .Build();
    }

    /// <summary>The settings that the command line decides, above all other sources.</summary>
    public static Dictionary<string, string?> Overrides(AgentSettings settings)
    {
        var values = new Dictionary<string, string?>
        {
            [$"{AgentOptions.Section}:{nameof(AgentOptions.WaitForDecisions)}"] = settings is { Venue: VenueKind.Replay, Role: NodeRole.All } ? "true" : "false",
            [$"{AgentOptions.Section}:{nameof(AgentOptions.MustBeArmed)}"] = settings.Venue == VenueKind.BinanceLive ? "true" : "false",
            [$"{AgentOptions.Section}:{nameof(AgentOptions.Paper)}:Seed"] = settings.Seed.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (key, value) in settings.Venue == VenueKind.BinanceTestnet ? VenueExtensions.TestnetAddresses : new Dictionary<string, string?>())
        {
            values[key] = value;
        }

        foreach (var (key, value) in settings.Overrides)
        {
            values[key] = value;
        }

        // Last, so that no setting turns the rules for real money off.
        values[$"{AgentOptions.Section}:{nameof(AgentOptions.RealMoney)}"] = settings.Venue == VenueKind.BinanceLive ? "true" : "false";
        return values;
    }
}
