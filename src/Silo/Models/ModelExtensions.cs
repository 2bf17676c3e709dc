using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Signals;
using BtcAgent.Silo.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Models;

/// <summary>
/// Registers the model loader and the services that install the first models. They start before the feed, so that the models
/// are ready for its first tick.
/// </summary>
internal static class ModelExtensions
{
    /// <summary>For silos of a cluster, where operators upload the models.</summary>
    public static IServiceCollection AddModelLoader(this IServiceCollection services) =>
        services.AddSingleton<IModelLoader, ForestLoader>();

    public static IServiceCollection AddModels(this IServiceCollection services, AgentSettings settings)
    {
        services.AddModelLoader();
        services.AddHostedService<ModelImport>();
        services.AddOptions<StarterOptions>().BindConfiguration(StarterOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StarterOptions>, StarterOptionsValidator>();
        if (settings.Venue == VenueKind.Simulator)
        {
            services.AddHostedService<StarterTraining>();
        }

        return services;
    }
}
