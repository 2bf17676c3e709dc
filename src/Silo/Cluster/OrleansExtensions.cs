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

/// <summary>The silo of a laptop: a cluster of one that listens on no port, streams in memory, state in the data folder.</summary>
internal static class OrleansExtensions
{
    /// <summary>
    /// Milliseconds from the end of a look at a stream queue to the next. A look lasts until there are messages, a second at
    /// most (see <see cref="WakingReceiver"/>).
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
