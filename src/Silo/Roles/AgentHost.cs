using System.Net;
using System.Net.Sockets;
using BtcAgent.Alerts.Channels;
using BtcAgent.Client;
using BtcAgent.Client.Access;
using BtcAgent.Client.Api;
using BtcAgent.Client.Certificates;
using BtcAgent.Client.Operators;
using BtcAgent.Contracts.Health;
using BtcAgent.Domain.Access;
using BtcAgent.Economy.Settings;
using BtcAgent.Exchanges.Binance.Execution.Signing;
using BtcAgent.Grains;
using BtcAgent.Grains.Audit;
using BtcAgent.History.Log.Local;
using BtcAgent.History.Metrics;
using BtcAgent.Silo.Alerts;
using BtcAgent.Silo.Audits;
using BtcAgent.Silo.Backups;
using BtcAgent.Silo.Cluster;
using BtcAgent.Silo.Economy;
using BtcAgent.Silo.Experiments;
using BtcAgent.Silo.Facts;
using BtcAgent.Silo.Health;
using BtcAgent.Silo.Journals;
using BtcAgent.Silo.Logs;
using BtcAgent.Silo.Models;
using BtcAgent.Silo.Runs;
using BtcAgent.Silo.Secrets;
using BtcAgent.Silo.Settings;
using BtcAgent.Silo.Settings.Checks;
using BtcAgent.Silo.Social;
using BtcAgent.Silo.Training;
using BtcAgent.Silo.Venues;
using BtcAgent.Silo.Watches;
using BtcAgent.Social.X.Settings;
using BtcAgent.Storage.Backups;
using BtcAgent.Storage.Embedded;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Options;
using Orleans.Dashboard;
using Prometheus;

namespace BtcAgent.Silo.Roles;

/// <summary>The composition root: one process with everything, or one role of a cluster.</summary>
public static class AgentHost
{
    /// <summary>Maximum duration of a stop in seconds, after which it is aborted.</summary>
    private const int ShutdownSecondsMax = 8;

    /// <summary>Runs until stopped or until a replay ends.</summary>
    /// <returns>An exit code.</returns>
    public static async Task<int> RunAsync(AgentSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            if (settings.Role == NodeRole.Migrate)
            {
                await DatabaseMigration.RunAsync(settings, cancellationToken);
                return ExitCodes.Ok;
            }

            if (settings.Job is { } folder)
            {
                return await ChildRoles.RunAsync(settings, folder, cancellationToken);
            }

            await using var app = Build(settings, TimeProvider.System, hidesMemory: true);
            await ClusterHost.MigrateAsync(app, settings, cancellationToken);
            await app.StartAsync(cancellationToken);
            await StartupBanner.PrintLastAsync(app, settings, cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
            var result = app.Services.GetRequiredService<RunResult>();
            return result.Error is { } error ? Fail(error, result.ExitCode) : result.ExitCode;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Ok;
        }
        catch (Exception e) when (StartupProblems.Explain(e) is { } explanation)
        {
            return Fail(explanation, StartupProblems.ExitCodeOf(e));
        }
    }

    /// <param name="settings">Settings of the command line.</param>
    /// <param name="wall">The machine's clock; null uses the system's.</param>
    /// <exception cref="SettingsException">A setting is unknown or has a wrong type.</exception>
    /// <exception cref="StartupException">The agent cannot start here.</exception>
    public static WebApplication Build(AgentSettings settings, TimeProvider? wall = null) =>
        Build(settings, wall ?? TimeProvider.System, hidesMemory: false);

    /// <param name="settings">Settings of the command line.</param>
    /// <param name="wall">The machine's clock.</param>
    /// <param name="hidesMemory">True when the process is the agent's alone, so that it may hide its memory.</param>
    private static WebApplication Build(AgentSettings settings, TimeProvider wall, bool hidesMemory)
    {
        var builder = NewBuilder(settings, wall);
        SettingsCheck.Demand(builder.Configuration, settings);
        if (hidesMemory && HiddenMemory.IsWanted(settings, SecretsOptions.Of(builder.Configuration)))
        {
            HiddenMemory.Apply();
        }

        VenueKey.Of(settings, builder.Configuration)?.DemandClosed();
        var data = builder.Configuration.GetSection(DataFolderOptions.Section).Get<DataFolderOptions>() ?? new();
        StartupBanner.WarnTightened(PrivateFolder.Ensure(settings.DataFolder, data.Shared));
        if (settings.Port != 0)
        {
            LoopbackPorts.EnsureFree(settings.Port);
        }

        GrpcPort.EnsureFree(builder.Configuration, settings);
        Compose(builder, settings);
        var app = builder.Build();
        try
        {
            OpenEarly(app.Services);
        }
        catch (Exception error)
        {
            // Releases the data folder.
            var backups = app.Services.GetService<IOptions<BackupOptions>>();
            app.DisposeAsync().AsTask().GetAwaiter().GetResult();
            if (error is EmbeddedStoreException { IsDamage: true } damage && backups is not null)
            {
                throw new StartupException(DamageAdvice.Explain(damage, backups.Value, settings), damage);
            }

            throw;
        }

        app.UseHealthEndpoints();
        if (settings.Role == NodeRole.All)
        {
            app.UseOperatorGateway();
            app.MapOperatorGateway();
            app.MapOrleansDashboard("/dashboard").WithRule(RouteRule.Read(AccessRole.Admin, RouteScope.WholeAgent));
            app.MapMetrics().WithRule(RouteRule.Metrics);
        }
        else
        {
            ClusterHost.Map(app, settings);
        }

        return app;
    }

    /// <summary>Validates the settings as a start does, but uses no data folder, port or server.</summary>
    /// <param name="settings">Settings of the command line.</param>
    /// <param name="folder">Folder of <c>appsettings.json</c>.</param>
    /// <exception cref="SettingsException">A setting is unknown or has a wrong type.</exception>
    /// <exception cref="StartupException">The agent cannot start with these settings.</exception>
    /// <exception cref="OptionsValidationException">A value contradicts another one.</exception>
    internal static async Task CheckSettingsAsync(AgentSettings settings, string folder)
    {
        var builder = NewBuilder(settings, TimeProvider.System, folder);
        SettingsCheck.Demand(builder.Configuration, settings);
        Compose(builder, settings);
        await using var app = builder.Build();
        app.Services.GetService<IStartupValidator>()?.Validate();
    }

    private static void Compose(WebApplicationBuilder builder, AgentSettings settings)
    {
        builder.AddStrategies(settings);
        if (settings.Role == NodeRole.All)
        {
            AddAll(builder, settings);
        }
        else
        {
            ClusterHost.Configure(builder, settings, Identity(settings));
        }
    }

    private static WebApplicationBuilder NewBuilder(AgentSettings settings, TimeProvider wall, string? folder = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = folder ?? AppContext.BaseDirectory,
            ApplicationName = typeof(AgentHost).Assembly.GetName().Name,
        });
        builder.Configuration.AddInMemoryCollection(AgentConfiguration.Overrides(settings));
        builder.WebHost.UseGatewayServer().UseGatewayPorts(
            settings.Listen, settings.Port, GrpcPort.IsSet(builder.Configuration, settings), GatewayTls.IsOn(builder.Configuration, settings));
        GatewayTls.Add(builder, settings);
        builder.Services.PostConfigure<HostFilteringOptions>(hosts => AllowListened(hosts, settings.Listen));
        builder.Logging.ClearProviders().AddSparingConsole();
        builder.Services.AddSteadyTime(wall);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(ShutdownSecondsMax));
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<RunResult>();
        builder.Services.AddHostedService<MetricsStart>();
        builder.Services.AddInfluxExport(builder.Configuration, settings.Role.ToString().ToLowerInvariant());
        return builder;
    }

    /// <summary>
    /// Accepts the address that the server listens on as a host name. This is safe: another site's page cannot use it, since
    /// its name does not match.
    /// </summary>
    private static void AllowListened(HostFilteringOptions hosts, string listen)
    {
        if (IPAddress.TryParse(listen, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))
        {
            var name = address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : $"{address}";
            hosts.AllowedHosts = [.. hosts.AllowedHosts.Append(name).Distinct(StringComparer.Ordinal)];
        }
    }

    /// <summary>Adds the single-process agent: silo, venue, gateway and console.</summary>
    private static void AddAll(WebApplicationBuilder builder, AgentSettings settings)
    {
        // A process alone always holds its leases.
        builder.Logging.AddFilter("BtcAgent.Grains.Feeds.LeasedWork", LogLevel.Warning);
        builder.Services.AddVenue(settings);
        builder.AddLocalHistory(settings);
        _ = settings.Venue == VenueKind.Replay ? builder.Services.AddReplayJournal() : builder.Services.AddEmbeddedJournal(settings);
        builder.UseOrleans(silo => silo.AddLocalSilo(settings));
        builder.Services.AddModels(settings);
        if (settings.Venue != VenueKind.Replay)
        {
            builder.AddTraining();
        }

        builder.AddSocial(settings);
        builder.AddEconomy(settings);

        var health = builder.Services.AddHealthChecks();
        if (settings.Venue != VenueKind.Replay)
        {
            AddStoreWatch(builder.Services, health);
            builder.Services.AddBackups(settings, builder.Configuration);
            builder.Services.AddAuditFolder(settings.DataFolder);
        }

        builder.Services.AddTradingGrains();
        if (settings.Venue != VenueKind.Replay)
        {
            builder.Services.AddTradingAudit();
        }

        builder.Services.AddMarketFeeds();
        builder.Services.AddOperatorGateway(Identity(settings), settings.DataFolder);
        builder.AddAlerts(settings, Identity(settings));
        builder.AddExperiments(settings);
        builder.AddModelWatches(settings);
        health.AddCheck<MarketDataHealth>("market-data", tags: [MarketDataHealth.Tag]);
        health.AddCheck<TradingHealth>("trading", tags: [MarketDataHealth.Tag]);
        health.AddCheck<ActivationsHealth>("activations", tags: [MarketDataHealth.Tag]);
        if (settings.Venue == VenueKind.Replay)
        {
            builder.Services.AddHostedService<ReplayRun>();
        }
        else
        {
            builder.Services.AddHostedService<FeedWatch>();
        }
    }

    /// <summary>Registered before the feeds: an accepted state halts trading before the first decision.</summary>
    private static void AddStoreWatch(IServiceCollection services, IHealthChecksBuilder health)
    {
        services.AddHostedService<AcceptedStateHalt>();
        services.AddSingleton<StoreWatch>();
        services.AddSingleton<IStoreCondition>(provider => provider.GetRequiredService<StoreWatch>());
        services.AddHostedService(provider => provider.GetRequiredService<StoreWatch>());
        health.AddCheck<EmbeddedStoreHealth>("store", tags: [MarketDataHealth.Tag]);
    }

    /// <summary>Opens what operators can misconfigure first, so that a failure is one clear line.</summary>
    private static void OpenEarly(IServiceProvider services)
    {
        // The host would validate them too, and log the stack trace of a wrong setting before its one line.
        services.GetService<IStartupValidator>()?.Validate();
        services.GetService<OperatorKey>();
        services.GetService<GatewayCertificate>();
        services.GetService<StateGuard>();
        services.GetService<DataFolder>();
        services.GetService<LocalFactLog>();
        services.GetService<BinanceCredentials>();
        services.GetService<AlertChannels>();
        services.GetService<BearerToken>();
        services.GetService<FredKey>();
    }

    private static AgentIdentity Identity(AgentSettings settings) => new(
        typeof(AgentHost).Assembly.GetName().Version!.ToString(3),
        settings.Venue.ToString(),
        settings.Venue switch { VenueKind.BinanceLive => "live", VenueKind.BinanceTestnet => "testnet", _ => "paper" },
        TimeProvider.System.GetUtcNow());

    private static int Fail(string error, int exitCode)
    {
        Console.Error.WriteLine($"btcagent: {error}");
        return exitCode;
    }
}
