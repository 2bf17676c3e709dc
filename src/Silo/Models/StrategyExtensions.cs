using BtcAgent.Contracts.Settings;
using BtcAgent.Silo.Settings;
using BtcAgent.Strategies;
using BtcAgent.Strategies.Sources;

namespace BtcAgent.Silo.Models;

internal static class StrategyExtensions
{
    /// <summary>
    /// Compiles the strategies of <see cref="AgentOptions.StrategyFolder"/>, and adds the catalog of all strategies. Call it before
    /// services that validate the agent's settings.
    /// </summary>
    /// <exception cref="StartupException">A strategy does not compile, or may not trade at this venue.</exception>
    public static void AddStrategies(this WebApplicationBuilder builder, AgentSettings settings)
    {
        var agent = builder.Configuration.GetSection(AgentOptions.Section).Get<AgentOptions>() ?? new();
        try
        {
            var catalog = StrategyFolder.Catalog(agent.StrategyFolder);
            LiveStrategies.Demand(catalog, agent, settings.Venue);
            builder.Services.AddSingleton(catalog);
        }
        catch (StrategyException e)
        {
            throw new StartupException($"Agent:StrategyFolder: {e.Message}", e);
        }
    }
}
