using BtcAgent.Contracts.Queries;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Features;
using BtcAgent.History.Files;
using BtcAgent.History.Queries;
using BtcAgent.History.Sinks;
using BtcAgent.Storage.Objects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.History;

/// <summary>Registers the history in Parquet files.</summary>
public static class ParquetHistoryExtensions
{
    /// <summary>Adds the sink that stores facts as Parquet, and queries over them where they are in a folder.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">The options as configured.</param>
    /// <param name="folder">Folder of the history when the options name none.</param>
    public static IServiceCollection AddParquetHistory(this IServiceCollection services, ParquetOptions options, string folder)
    {
        services.AddParquetOptions(folder);
        if (!options.Enabled)
        {
            return services;
        }

        services.AddSingleton<IFactSink>(provider =>
        {
            var parquet = provider.GetRequiredService<IOptions<ParquetOptions>>().Value;
            return new ParquetSink(
                ObjectStores.Open(parquet.Store, folder),
                parquet,
                [FeatureSchema.Create(provider.GetRequiredService<IOptions<AgentOptions>>().Value.Features)],
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<ParquetSink>>());
        });
        if (options.Store.Kind == ObjectStoreKind.Folder)
        {
            services.AddSingleton<IHistoryReader>(new HistoryReader(options.Store.Path ?? folder, options.QueryMemoryMb));
        }

        return services;
    }

    /// <summary>Adds the options alone, for a process that reads the files.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="folder">Folder of the history when the options name none.</param>
    public static IServiceCollection AddParquetOptions(this IServiceCollection services, string folder)
    {
        services.AddOptions<ParquetOptions>().BindConfiguration(ParquetOptions.Section)
            .Configure(bound => bound.WorkFolder ??= $"{folder}-work").ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ParquetOptions>, ParquetOptionsValidator>());
        return services;
    }
}
