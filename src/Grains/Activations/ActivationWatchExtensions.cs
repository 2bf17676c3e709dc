using BtcAgent.Contracts.Settings;
using BtcAgent.Grains.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace BtcAgent.Grains.Activations;

/// <summary>Registers the counting of failed activations and the reaction to them.</summary>
internal static class ActivationWatchExtensions
{
    /// <summary>
    /// Adds the counts, the storage of the watched grains on top of the host's, and the service that halts.
    /// </summary>
    public static IServiceCollection AddActivationWatch(this IServiceCollection services)
    {
        services.AddSingleton<ActivationFailures>();
        services.AddSingleton(provider => new WatchedGrains(
            provider.GetRequiredService<ActivationFailures>(), provider.GetRequiredService<IOptions<AgentOptions>>().Value));
        services.AddKeyedSingleton<IGrainStorage>(WatchedStorage.Provider, (provider, _) => new WatchedStorage(
            provider.GetRequiredKeyedService<IGrainStorage>(GrainStateNames.Provider), provider.GetRequiredService<WatchedGrains>()));
        services.AddHostedService<ActivationWatch>();
        return services;
    }
}
