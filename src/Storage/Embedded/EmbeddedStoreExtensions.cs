using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;

namespace BtcAgent.Storage.Embedded;

/// <summary>Registers the embedded store.</summary>
public static class EmbeddedStoreExtensions
{
    /// <summary>
    /// Registers the data folder, which is locked from first use until the host is disposed, and its contents:
    /// <see cref="DataFolder"/>, <see cref="StateStore"/>, <see cref="Journal"/>, <see cref="StateGuard"/>.
    /// </summary>
    public static IServiceCollection AddEmbeddedStore(
        this IServiceCollection services, Action<EmbeddedStoreOptions>? configure = null)
    {
        services.AddOptions<EmbeddedStoreOptions>().BindConfiguration(EmbeddedStoreOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<EmbeddedStoreOptions>, EmbeddedStoreOptionsValidator>());
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => DataFolder.Open(OptionsOf(provider).Folder));
        services.TryAddSingleton(provider => new StateStore(
            provider.GetRequiredService<DataFolder>(), OptionsOf(provider), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new Journal(
            provider.GetRequiredService<DataFolder>(), OptionsOf(provider), provider.GetRequiredService<ILogger<Journal>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new StateGuard(
            provider.GetRequiredService<DataFolder>(),
            provider.GetRequiredService<StateStore>(),
            provider.GetRequiredService<Journal>(),
            OptionsOf(provider),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<StateGuard>>()));
        return services;
    }

    /// <summary>Registers grain storage with the given name in the embedded store; several names share one file.</summary>
    public static ISiloBuilder AddEmbeddedGrainStorage(
        this ISiloBuilder silo, string name, Action<EmbeddedStoreOptions>? configure = null)
    {
        silo.Services.AddEmbeddedStore(configure);
        silo.Services.AddGrainStorage(name, (provider, _) => new SqliteGrainStorage(
            provider.GetRequiredService<StateStore>(),
            provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId));
        return silo;
    }

    private static EmbeddedStoreOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<EmbeddedStoreOptions>>().Value;
}
