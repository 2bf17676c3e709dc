using BtcAgent.Silo.Cluster;
using BtcAgent.Silo.Logs;
using BtcAgent.Silo.Settings;
using BtcAgent.Silo.Settings.Checks;
using BtcAgent.Storage.Postgres;

namespace BtcAgent.Silo.Roles;

/// <summary>The role that migrates the database to this version and exits. It opens no port and uses no data folder.</summary>
internal static class DatabaseMigration
{
    /// <exception cref="SettingsException">A setting is unknown or has a wrong type.</exception>
    /// <exception cref="StartupException">The connection string is missing.</exception>
    /// <exception cref="PostgresStoreException">The server or its schema is not usable.</exception>
    public static async Task RunAsync(AgentSettings settings, CancellationToken cancellationToken)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(DatabaseMigration).Assembly.GetName().Name,
        });
        builder.Configuration.AddInMemoryCollection(AgentConfiguration.Overrides(settings));
        builder.Logging.ClearProviders().AddSparingConsole();
        builder.Services.AddSingleton(TimeProvider.System);
        SettingsCheck.Demand(builder.Configuration, settings);
        var node = builder.Configuration.GetSection(ClusterNodeOptions.Section).Get<ClusterNodeOptions>() ?? new();
        ClusterHost.DemandPostgres(node, settings);
        using var host = builder.Build();
        await ApplyAsync(node, host.Services.GetRequiredService<ILoggerFactory>(), cancellationToken);
    }

    /// <exception cref="PostgresStoreException">The server or its schema is not usable.</exception>
    public static async Task ApplyAsync(ClusterNodeOptions node, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var migrator = new PostgresMigrator(logs.CreateLogger<PostgresMigrator>());
        var applied = await migrator.MigrateAsync(node.Postgres, cancellationToken);
        Console.WriteLine($"  Database: {applied} migrations applied.");
    }
}
