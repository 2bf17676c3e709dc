using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BtcAgent.Storage.Postgres;

/// <summary>Registers the PostgreSQL store.</summary>
public static class PostgresStoreExtensions
{
    /// <summary>
    /// Registers <see cref="PostgresMigrator"/> and <see cref="PostgresJournal"/>. Run the migrations before the host starts,
    /// because the Orleans providers read their statements at their start.
    /// </summary>
    public static IServiceCollection AddPostgresStore(
        this IServiceCollection services, Action<PostgresOptions>? configure = null)
    {
        services.AddOptions<PostgresOptions>().ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PostgresOptions>, PostgresOptionsValidator>());
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton<PostgresMigrator>();
        services.TryAddSingleton(provider => new PostgresJournal(provider.GetRequiredService<IOptions<PostgresOptions>>().Value));
        return services;
    }
}
