using BtcAgent.Contracts.Audit;
using BtcAgent.Contracts.Clocks;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Measurement;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Strategies;
using BtcAgent.Grains.Activations;
using BtcAgent.Grains.Audit;
using BtcAgent.Grains.Clocks;
using BtcAgent.Grains.Execution;
using BtcAgent.Grains.Feeds;
using BtcAgent.Grains.Measurement;
using BtcAgent.Grains.Models;
using BtcAgent.Grains.Portfolios;
using BtcAgent.Grains.Risk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BtcAgent.Grains;

/// <summary>Registers what the grains of this project need from the host.</summary>
public static class TradingGrainsExtensions
{
    /// <summary>Name of the meter with the agent's counters.</summary>
    public const string MeterName = AgentMeter.Name;

    /// <summary>
    /// Adds the latency board and the feed service. The host adds an <see cref="Domain.MarketData.IMarketFeed"/>, an
    /// <see cref="IFactPublisher"/>, the grain storage and the stream provider, and for trained models an
    /// <see cref="IModelLoader"/>: without one every artefact is refused with that reason.
    /// </summary>
    public static IServiceCollection AddTradingGrains(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ILatencyBoard, LatencyBoard>();
        services.AddActivationWatch();
        services.TryAddSingleton<IFactPublisher, NoFacts>();
        services.TryAddSingleton<IModelLoader, MissingModelLoader>();
        services.TryAddSingleton<IAuditStore, PagedAuditStore>();
        services.AddTradingOptions();
        services.AddLeases();
        services.AddHostedService<UserDataService>();
        services.AddHostedService<HealthWatch>();
        services.AddHostedService<ValuationService>();
        services.AddHostedService<LatencyReporter>();
        return services;
    }

    /// <summary>Reads the venue for the instruments whose lease this process gets, and publishes the events.</summary>
    public static IServiceCollection AddMarketFeeds(this IServiceCollection services)
    {
        services.AddLeases();
        services.TryAddSingleton<IFactPublisher, NoFacts>();
        services.AddSingleton<FeedCompletion>();
        services.TryAddSingleton<VenueClock>();
        services.AddHostedService<MarketFeedService>();
        return services;
    }

    /// <summary>Adds work that one silo of the cluster does at a time; it restarts when it fails.</summary>
    /// <param name="services">Services of a silo.</param>
    /// <param name="key">Name of the work's lease.</param>
    /// <param name="work">Runs until cancelled.</param>
    public static IServiceCollection AddLeasedService(
        this IServiceCollection services, string key, Func<IServiceProvider, CancellationToken, Task> work) =>
        services.AddLeasedService(key, (provider, _, cancellation) => work(provider, cancellation));

    /// <inheritdoc cref="AddLeasedService(IServiceCollection, string, Func{IServiceProvider, CancellationToken, Task})"/>
    /// <param name="services">Services of a silo.</param>
    /// <param name="key">Name of the work's lease.</param>
    /// <param name="work">Runs until cancelled; gets the epoch of the lease, which no earlier holder had.</param>
    public static IServiceCollection AddLeasedService(
        this IServiceCollection services, string key, Func<IServiceProvider, long, CancellationToken, Task> work)
    {
        services.AddLeases();
        services.AddSingleton<IHostedService>(provider => new LeasedService(
            provider.GetRequiredService<LeasedWork>(), key, (epoch, cancellation) => work(provider, epoch, cancellation)));
        return services;
    }

    /// <summary>
    /// Adds the agent's clock and the watch over the machine's clock; call it before services that take a clock.
    /// </summary>
    public static IServiceCollection AddSteadyTime(this IServiceCollection services, TimeProvider wall)
    {
        var time = new SteadyTime(wall);
        services.AddSingleton(time);
        services.AddSingleton<TimeProvider>(time);
        services.TryAddSingleton<VenueClock>();
        services.TryAddSingleton(new LastStored(null));
        services.AddSingleton<ClockWatch>();
        services.AddSingleton<IClockBoard>(provider => provider.GetRequiredService<ClockWatch>());
        services.AddHostedService(provider => provider.GetRequiredService<ClockWatch>());
        return services;
    }

    /// <summary>
    /// Adds the agent's settings, validated at startup. The host may add a <see cref="StrategyCatalog"/> before; otherwise there
    /// are the built-in strategies.
    /// </summary>
    public static IServiceCollection AddTradingOptions(this IServiceCollection services)
    {
        services.TryAddSingleton(StrategyCatalog.BuiltIn);
        services.AddOptions<FeedOptions>().BindConfiguration(FeedOptions.Section).ValidateOnStart();
        services.AddOptions<LiveOptions>().BindConfiguration(LiveOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LiveOptions>, LiveOptionsValidator>();
        services.AddOptions<AgentOptions>().BindConfiguration(AgentOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FeedOptions>, FeedOptionsValidator>();
        services.AddSingleton<IValidateOptions<AgentOptions>, AgentOptionsValidator>();
        services.AddOptions<RetrainingOptions>().BindConfiguration(RetrainingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RetrainingOptions>, RetrainingOptionsValidator>();
        services.AddOptions<ModelWatchOptions>().BindConfiguration(ModelWatchOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ModelWatchOptions>, ModelWatchOptionsValidator>();
        return services;
    }

    private static void AddLeases(this IServiceCollection services)
    {
        services.TryAddSingleton<LeasedWork>();
        services.TryAddSingleton(provider => new LeaseHolder(
            provider.GetService<ILocalSiloDetails>()?.SiloAddress.ToParsableString()
            ?? $"{Environment.MachineName}/{Environment.ProcessId}"));
    }
}
