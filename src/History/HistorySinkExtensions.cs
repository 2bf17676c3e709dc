using BtcAgent.History.Files;
using BtcAgent.History.Sinks.Redis;
using BtcAgent.History.Sinks.Timescale;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.History;

/// <summary>Registers the sinks that the settings name.</summary>
public static class HistorySinkExtensions
{
    /// <summary>Adds every sink that the section <c>History</c> configures, and the service that feeds them.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The host's settings.</param>
    /// <param name="folder">Folder of the Parquet files unless the settings name a store.</param>
    /// <param name="filesByDefault">Whether there are Parquet files also when the settings name no store.</param>
    public static IServiceCollection AddConfiguredSinks(this IServiceCollection services, IConfiguration configuration, string folder, bool filesByDefault)
    {
        var parquet = configuration.GetSection(ParquetOptions.Section);
        if (filesByDefault || parquet.GetSection(nameof(ParquetOptions.Store)).Exists())
        {
            services.AddParquetHistory(parquet.Get<ParquetOptions>() ?? new ParquetOptions(), folder);
        }

        if (!string.IsNullOrEmpty(configuration[$"{TimescaleOptions.Section}:{nameof(TimescaleOptions.ConnectionString)}"]))
        {
            services.AddTimescaleSink(options => configuration.GetSection(TimescaleOptions.Section).Bind(options));
        }

        services.AddRedisSink(configuration);
        return services.AddSinks();
    }
}
