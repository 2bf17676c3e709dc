using System.Net;
using System.Net.Sockets;
using BtcAgent.Storage.Postgres;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Storage;

namespace BtcAgent.Storage.Tests.Postgres;

/// <summary>Two silos of one cluster in this process, over one PostgreSQL database.</summary>
public sealed class PostgresSilos(PostgresServer server) : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private List<IHost>? silos;

    public string Database { get; private set; } = "";

    /// <summary>Started at first use: a fixture that skips would fail its tests.</summary>
    public async Task<IReadOnlyList<IHost>> StartAsync()
    {
        await gate.WaitAsync();
        try
        {
            if (silos is null)
            {
                Database = await server.NewDatabaseAsync();
                await JournalRig.MigrateAsync(Database);
                silos = [await StartSiloAsync("one"), await StartSiloAsync("two")];
            }

            return silos;
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in silos ?? [])
        {
            await silo.StopAsync();
            silo.Dispose();
        }

        gate.Dispose();
    }

    private async Task<IHost> StartSiloAsync(string name)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(silo => Configure(silo, name));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private void Configure(ISiloBuilder silo, string name)
    {
        var connection = PostgresConnection.ForOrleans(Database);
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("cluster", "service"))
            .Configure<SiloOptions>(options => options.SiloName = name)
            .ConfigureEndpoints(IPAddress.Loopback, FreePort(), FreePort())
            .UseAdoNetClustering(options =>
            {
                options.Invariant = PostgresConnection.Invariant;
                options.ConnectionString = connection;
            })
            .AddAdoNetGrainStorage("postgres", options => options.Configure<IServiceProvider>((storage, services) =>
            {
                storage.Invariant = PostgresConnection.Invariant;
                storage.ConnectionString = connection;
                storage.GrainStorageSerializer =
                    ActivatorUtilities.CreateInstance<SystemTextJsonGrainStorageSerializer>(services);
            }))
            .UseAdoNetReminderService(options =>
            {
                options.Invariant = PostgresConnection.Invariant;
                options.ConnectionString = connection;
            });
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
