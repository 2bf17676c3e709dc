using BtcAgent.Contracts.Events;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Features;
using BtcAgent.History.Datasets;
using BtcAgent.History.Live;
using BtcAgent.History.Log;
using BtcAgent.History.Log.Local;
using BtcAgent.History.Sinks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.History;

/// <summary>Registers the log of facts and what follows it.</summary>
public static class HistoryExtensions
{
    /// <summary>Adds the log of a single process in the given folder; the host publishes facts to it.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="folder">Folder of the log.</param>
    /// <param name="identity">Names of the log.</param>
    /// <param name="topics">The topics it keeps; null keeps all.</param>
    public static IServiceCollection AddLocalFactLog(
        this IServiceCollection services, string folder, FactLogIdentity identity, IReadOnlyCollection<FactTopic>? topics = null)
    {
        services.AddOptions<FactLogOptions>().BindConfiguration(FactLogOptions.Section).Configure(options => options.Folder = folder).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FactLogOptions>, FactLogOptionsValidator>());
        services.AddSingleton(provider => LocalFactLog.Open(
            identity,
            provider.GetRequiredService<IOptions<FactLogOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<LocalFactLog>>(),
            topics));
        services.AddSingleton<Func<IFactLog>>(provider => provider.GetRequiredService<LocalFactLog>);
        return services;
    }

    /// <summary>Adds the service that feeds every <see cref="IFactSink"/> of the host from its own log, which it opens by the host's <c>Func&lt;IFactLog&gt;</c>.</summary>
    public static IServiceCollection AddSinks(this IServiceCollection services)
    {
        services.AddSinkOptions();
        services.AddSingleton<SinkHost>();
        services.AddSingleton<IHistory>(provider => provider.GetRequiredService<SinkHost>());
        services.AddHostedService(provider => provider.GetRequiredService<SinkHost>());
        return services;
    }

    /// <summary>Adds the settings of feeding a sink, validated at the start.</summary>
    public static IServiceCollection AddSinkOptions(this IServiceCollection services)
    {
        services.AddOptions<SinkOptions>().BindConfiguration(SinkOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SinkOptions>, SinkOptionsValidator>());
        return services;
    }

    /// <summary>Adds live events for subscribers, read from the log that the host's <c>Func&lt;IFactLog&gt;</c> opens.</summary>
    public static IServiceCollection AddLiveEvents(this IServiceCollection services)
    {
        services.AddOptions<LiveOptions>().BindConfiguration(LiveOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LiveOptions>, LiveOptionsValidator>());
        services.AddSingleton(provider => new LiveEvents(
            provider.GetRequiredService<Func<IFactLog>>(),
            HistoryDatasets.Create(FeatureSchema.Create(provider.GetRequiredService<IOptions<AgentOptions>>().Value.Features)),
            provider.GetRequiredService<IOptions<LiveOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<LiveEvents>>()));
        services.AddSingleton<ILiveEvents>(provider => provider.GetRequiredService<LiveEvents>());
        services.AddHostedService(provider => provider.GetRequiredService<LiveEvents>());
        return services;
    }
}
