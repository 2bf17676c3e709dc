using BtcAgent.Contracts.Streams;
using BtcAgent.Grains.Clocks;
using BtcAgent.Grains.Storage;
using BtcAgent.Silo.Cluster.LocalStreams;
using BtcAgent.Silo.Settings;
using BtcAgent.Storage.Embedded;
using BtcAgent.Storage.Volatile;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Runtime.Hosting;
using Orleans.Streams;

namespace BtcAgent.Silo.Cluster;

/// <summary>
/// Configures the single-process silo: a cluster of one without ports, with in-memory streams and state in the data folder.
/// </summary>
internal static class OrleansExtensions
{
    /// <summary>
    /// Milliseconds from the end of one queue read to the next. A read waits for messages, at most one second (see
    /// <see cref="WakingReceiver"/>).
    /// </summary>
    private const double StreamPullingPeriodMs = 1;

    private const int StreamQueues = 4;

    public static ISiloBuilder AddLocalSilo(this ISiloBuilder silo, AgentSettings settings)
    {
        silo.UseLocalhostClustering(gatewayPort: 0);
        silo.SealPorts();
        silo.AddDashboard();
        silo.AddPersistentStreams(StreamNames.Provider, LocalStreamFactory.Create, streams =>
        {
            streams.Configure<HashRingStreamQueueMapperOptions>(options => options.Configure(queues => queues.TotalQueueCount = StreamQueues));
            streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
            streams.ConfigurePullingAgent(options => options.Configure(
                agent => agent.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(StreamPullingPeriodMs)));
        });
        silo.Services.AddSingleton(new StreamLog(Guid.NewGuid().ToString("N")));
        if (settings.Venue == VenueKind.Replay)
        {
            silo.Services.AddGrainStorage(GrainStateNames.Provider, (_, _) => new VolatileGrainStorage());
        }
        else
        {
            silo.AddEmbeddedGrainStorage(GrainStateNames.Provider, options => (options.Folder, options.AcceptState) = (settings.DataFolder, settings.AcceptState ?? options.AcceptState));
            silo.Services.AddSingleton(provider => new LastStored(provider.GetRequiredService<StateStore>().LastWrite));
        }

        silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromHours(12));
        return silo;
    }
}
