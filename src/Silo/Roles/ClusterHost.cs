using BtcAgent.Client;
using BtcAgent.Client.Access;
using BtcAgent.Client.Api;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Health;
using BtcAgent.Domain.Access;
using BtcAgent.Grains;
using BtcAgent.Grains.Audit;
using BtcAgent.Silo.Alerts;
using BtcAgent.Silo.Cluster;
using BtcAgent.Silo.Cluster.Tls;
using BtcAgent.Silo.Economy;
using BtcAgent.Silo.Experiments;
using BtcAgent.Silo.Facts;
using BtcAgent.Silo.Health;
using BtcAgent.Silo.Journals;
using BtcAgent.Silo.Models;
using BtcAgent.Silo.Runs;
using BtcAgent.Silo.Settings;
using BtcAgent.Silo.Social;
using BtcAgent.Silo.Training;
using BtcAgent.Silo.Venues;
using BtcAgent.Silo.Watches;
using BtcAgent.Storage.Postgres;
using Microsoft.Extensions.Options;
using Orleans.Dashboard;
using Prometheus;

namespace BtcAgent.Silo.Roles;

/// <summary>Composes one process of a cluster by its role.</summary>
internal static class ClusterHost
{
    /// <exception cref="StartupException">A setting is missing.</exception>
    public static void Configure(WebApplicationBuilder builder, AgentSettings settings, AgentIdentity identity)
    {
        var node = Read(builder, ClusterNodeOptions.Section, new ClusterNodeOptionsValidator());
        var kafka = Read(builder, KafkaOptions.Section, new KafkaOptionsValidator());
        var tls = Bind<ClusterTlsOptions>(builder, ClusterTlsOptions.Section);
        if (settings.Role != NodeRole.Sink)
        {
            // A sink opens no port of Orleans and needs no state.
            DemandPostgres(node, settings);
            ClusterSecurity.Demand(settings, node, tls);
        }

        Demand(
            kafka.BootstrapServers.Length > 0 || settings.Role is NodeRole.Gateway or NodeRole.Optimizer or NodeRole.Social,
            settings,
            "Kafka: set Kafka__BootstrapServers to host:port of a broker");
        Check(ClusterTlsOptions.Section, tls, new ClusterTlsOptionsValidator());
        builder.Services.AddSingleton<IValidateOptions<ClusterTlsOptions>, ClusterTlsOptionsValidator>();
        builder.Services.AddOptions<ClusterTlsOptions>().BindConfiguration(ClusterTlsOptions.Section).ValidateOnStart();
        var health = builder.Services.AddHealthChecks();
        switch (settings.Role)
        {
            case NodeRole.Silo:
                builder.Services.AddGatewayAccess(settings.DataFolder);
                AddSilo(builder, settings, node, kafka, tls);
                builder.AddAlerts(settings, identity);
                builder.AddExperiments(settings);
                builder.AddModelWatches(settings);
                health.AddCheck<StreamsHealth>("streams", tags: [MarketDataHealth.Tag]);
                health.AddCheck<StoreHealth>("store", tags: [MarketDataHealth.Tag]);
                health.AddCheck<ActivationsHealth>("activations", tags: [MarketDataHealth.Tag]);
                break;
            case NodeRole.Gateway:
                builder.Services.AddTradingOptions();
                builder.UseOrleansClient(client => client.AddClusterClient(node, kafka: null, tls).AddDashboard());
                AddJournal(builder.Services, node);
                builder.Services.AddOperatorGateway(identity, settings.DataFolder);
                builder.AddAlerts(settings, identity);
                builder.AddExperiments(settings);
                builder.AddClusterEvents(kafka);
                health.AddCheck<ClusterHealth>("cluster", tags: [MarketDataHealth.Tag]);
                health.AddCheck<StoreHealth>("store", tags: [MarketDataHealth.Tag]);
                break;
            case NodeRole.Ingest:
                builder.Services.AddGatewayAccess(settings.DataFolder);
                builder.Services.AddTradingOptions();
                builder.UseOrleansClient(client => client.AddClusterClient(node, kafka, tls));
                builder.Services.AddVenue(settings);
                builder.Services.AddMarketFeeds();
                AddFacts(builder.Services);
                builder.Services.AddHostedService<FeedWatch>();
                health.AddCheck<ClusterHealth>("cluster", tags: [MarketDataHealth.Tag]);
                break;
            case NodeRole.Optimizer:
                builder.Services.AddGatewayAccess(settings.DataFolder);
                builder.Services.AddTradingOptions();
                builder.UseOrleansClient(client => client.AddClusterClient(node, kafka: null, tls));
                builder.AddClusterTraining(settings);
                health.AddCheck<ClusterHealth>("cluster", tags: [MarketDataHealth.Tag]);
                break;
            case NodeRole.Social:
                builder.Services.AddGatewayAccess(settings.DataFolder);
                builder.Services.AddTradingOptions();
                builder.UseOrleansClient(client => client.AddClusterClient(node, kafka: null, tls));
                builder.AddClusterSocial(settings);
                builder.AddEconomy(settings);
                health.AddCheck<ClusterHealth>("cluster", tags: [MarketDataHealth.Tag]);
                break;
            case NodeRole.Sink:
                builder.Services.AddGatewayAccess(settings.DataFolder);
                builder.Services.AddTradingOptions();
                builder.AddClusterSinks(settings, kafka);
                health.AddCheck<SinksHealth>("sinks", tags: [MarketDataHealth.Tag]);
                break;
        }
    }

    /// <summary>Migrates the database to this version, unless a job does.</summary>
    /// <exception cref="PostgresStoreException">The server or its schema is not usable.</exception>
    public static async Task MigrateAsync(WebApplication app, AgentSettings settings, CancellationToken cancellationToken)
    {
        var node = app.Configuration.GetSection(ClusterNodeOptions.Section).Get<ClusterNodeOptions>() ?? new();
        if (settings.Role is NodeRole.Silo && node.Migrate)
        {
            await DatabaseMigration.ApplyAsync(node, app.Services.GetRequiredService<ILoggerFactory>(), cancellationToken);
        }
    }

    /// <exception cref="StartupException">The connection string is missing.</exception>
    public static void DemandPostgres(ClusterNodeOptions node, AgentSettings settings) =>
        Demand(node.Postgres.Length > 0, settings, "PostgreSQL: set Cluster__Postgres to its connection string");

    public static void Map(WebApplication app, AgentSettings settings)
    {
        ClusterSecurity.Warn(app);
        if (settings.Role == NodeRole.Gateway)
        {
            app.UseOperatorGateway();
            app.MapOperatorGateway();
            app.MapOrleansDashboard("/dashboard").WithRule(RouteRule.Read(AccessRole.Admin, RouteScope.WholeAgent));
        }
        else
        {
            app.UseGatewayAccess();
        }

        app.MapMetrics().WithRule(RouteRule.Metrics);
    }

    private static void AddSilo(
        WebApplicationBuilder builder, AgentSettings settings, ClusterNodeOptions node, KafkaOptions kafka, ClusterTlsOptions tls)
    {
        if (builder.Configuration.GetValue("Feeds:Enabled", true))
        {
            builder.Services.AddVenue(settings);
            builder.Services.AddMarketFeeds();
        }
        else
        {
            builder.Services.AddTradingVenue(settings);
        }

        AddJournal(builder.Services, node);
        builder.UseOrleans(silo => silo.AddClusterSilo(node, kafka, tls));
        builder.Services.AddModelLoader();
        AddFacts(builder.Services);
        builder.AddClusterLog(kafka);
        builder.Services.AddClusterJournalSink();
        builder.Services.AddTradingGrains();
        builder.Services.AddTrainingRequests();
        builder.Services.AddTradingAudit();
    }

    private static void AddFacts(IServiceCollection services)
    {
        services.AddSingleton<KafkaFacts>();
        services.AddSingleton<IFactPublisher>(provider => provider.GetRequiredService<KafkaFacts>());
        services.AddHostedService(provider => provider.GetRequiredService<KafkaFacts>());
    }

    private static void AddJournal(IServiceCollection services, ClusterNodeOptions node)
    {
        services.AddClusterJournal(node.Postgres);
        services.AddSingleton(_ => new PostgresProbe(node.Postgres));
        services.AddSingleton<StoreHealth>();
        services.AddSingleton<IStoreCondition>(provider => provider.GetRequiredService<StoreHealth>());
        services.AddHostedService<HealthPolling>();
    }

    /// <summary>Reads options before there is a container, and validates them like the container.</summary>
    private static T Read<T>(WebApplicationBuilder builder, string section, IValidateOptions<T> validator)
        where T : class, new()
    {
        var options = Bind<T>(builder, section);
        Check(section, options, validator);
        return options;
    }

    private static T Bind<T>(WebApplicationBuilder builder, string section)
        where T : class, new() => builder.Configuration.GetSection(section).Get<T>() ?? new T();

    private static void Check<T>(string section, T options, IValidateOptions<T> validator)
        where T : class
    {
        if (validator.Validate(section, options) is { Failed: true, Failures: var failures })
        {
            throw new OptionsValidationException(section, typeof(T), failures);
        }
    }

    private static void Demand(bool met, AgentSettings settings, string what)
    {
        if (!met)
        {
            throw new StartupException($"--role {settings.Role.ToString().ToLowerInvariant()} needs {what}");
        }
    }
}
