using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Roles;

/// <summary>The settings of an agent that does not run in this process.</summary>
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
            .AddInMemoryCollection(AgentHost.Overrides(settings))
            .Build();
    }
}
