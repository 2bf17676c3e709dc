using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BtcAgent.History.Metrics;

/// <summary>Registers the export of metrics to InfluxDB.</summary>
public static class InfluxExportExtensions
{
    /// <summary>Adds the export when <c>History:Influx:Url</c> is set.</summary>
    /// <param name="services">Services of the host.</param>
    /// <param name="configuration">Configuration with the section <c>History:Influx</c>.</param>
    /// <param name="role">Role of the process, part of the default tag <c>node</c>.</param>
    public static IServiceCollection AddInfluxExport(this IServiceCollection services, IConfiguration configuration, string role)
    {
        var section = configuration.GetSection(InfluxOptions.Section);
        services.AddOptions<InfluxOptions>().Bind(section).ValidateOnStart().PostConfigure(options =>
            options.Node = options.Node.Length > 0 ? options.Node : $"{Environment.MachineName}/{role}");
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<InfluxOptions>, InfluxOptionsValidator>());
        if (!string.IsNullOrEmpty(section[nameof(InfluxOptions.Url)]))
        {
            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton(provider => new InfluxWriter(provider.GetRequiredService<IOptions<InfluxOptions>>().Value));
            services.AddHostedService<InfluxExport>();
        }

        return services;
    }
}
