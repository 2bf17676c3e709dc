using BtcAgent.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.History.Sinks.Timescale;

/// <summary>Registers the sink that stores facts in TimescaleDB or PostgreSQL.</summary>
public static class TimescaleSinkExtensions
{
    /// <summary>
    /// Adds the sink as an <see cref="IFactSink"/>. Call it only with a connection string: without one the sink is off.
    /// </summary>
    public static IServiceCollection AddTimescaleSink(this IServiceCollection services, Action<TimescaleOptions>? configure = null)
    {
        services.AddOptions<TimescaleOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TimescaleOptions>, TimescaleOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TimescaleOptions>, TimescaleRetentionValidator>());
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PostgresMigrator>();
        services.AddSingleton<IFactSink>(provider => new TimescaleSink(
            provider.GetRequiredService<IOptions<TimescaleOptions>>().Value,
            provider.GetRequiredService<PostgresMigrator>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TimescaleSink>>()));
        return services;
    }
}
