using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Facts;
using BtcAgent.History;
using BtcAgent.History.Log;
using BtcAgent.History.Log.Local;
using BtcAgent.Silo.Cluster;
using BtcAgent.Silo.Settings;
using BtcAgent.Storage.Embedded;

namespace BtcAgent.Silo.Facts;

/// <summary>Registers the log of facts and its sinks, of a single process or of a cluster's role <c>sink</c>.</summary>
internal static class SinkServices
{
    private const string Folder = "facts";
    private const string ReplayFolder = "facts-replay";
    private const string FilesFolder = "history";

    /// <summary>Folder of the history in files, unless a setting names another.</summary>
    public static string HistoryOf(AgentSettings settings) => Path.Combine(settings.DataFolder, FilesFolder);

    /// <summary>Adds the log in the data folder and the sinks of a single process.</summary>
    public static void AddLocalHistory(this WebApplicationBuilder builder, AgentSettings settings)
    {
        var options = builder.Configuration.GetSection(HistoryOptions.Section).Get<HistoryOptions>() ?? new HistoryOptions();
        var isReplay = settings.Venue == VenueKind.Replay;
        if (isReplay && !(options.Enabled && options.Replays))
        {
            return;
        }

        if (!options.Enabled)
        {
            // The journal reads its decisions from the log.
            builder.Services.AddLocalFactLog(Path.Combine(settings.DataFolder, Folder), FactLogIdentity.Of($"local-{Guid.NewGuid():N}"), [FactTopic.Decisions]);
            builder.Services.AddSinks();
            return;
        }

        if (isReplay)
        {
            DemandOneInstrument(builder.Configuration);
            builder.Services.AddSingleton(_ => DataFolder.Open(settings.DataFolder));
            builder.Services.AddLocalFactLog(Path.Combine(settings.DataFolder, ReplayFolder), ReplayIdentity.Of(settings));
        }
        else
        {
            builder.Services.AddLocalFactLog(Path.Combine(settings.DataFolder, Folder), FactLogIdentity.Of($"local-{Guid.NewGuid():N}"));
        }

        builder.Services.AddConfiguredSinks(builder.Configuration, HistoryOf(settings), filesByDefault: true);
        builder.Services.AddLiveEvents();
    }

    /// <summary>Adds live events out of the cluster's topics, where the gateway knows Kafka.</summary>
    public static void AddClusterEvents(this WebApplicationBuilder builder, KafkaOptions kafka)
    {
        if (kafka.BootstrapServers.Length > 0)
        {
            builder.AddClusterLog(kafka);
            builder.Services.AddLiveEvents();
        }
    }

    /// <summary>Adds the cluster's topics as the log of facts.</summary>
    public static void AddClusterLog(this WebApplicationBuilder builder, KafkaOptions kafka) =>
        builder.Services.AddSingleton<Func<IFactLog>>(provider => () => new KafkaFactLog(kafka, provider.GetRequiredService<TimeProvider>()));

    /// <summary>Adds the cluster's topics and the sinks that follow them.</summary>
    public static void AddClusterSinks(this WebApplicationBuilder builder, AgentSettings settings, KafkaOptions kafka)
    {
        builder.AddClusterLog(kafka);
        builder.Services.AddConfiguredSinks(builder.Configuration, Path.Combine(settings.DataFolder, FilesFolder), filesByDefault: false);
    }

    /// <summary>Two feeds would write into one topic in an order that differs between replays.</summary>
    private static void DemandOneInstrument(IConfiguration configuration)
    {
        var agent = configuration.GetSection(AgentOptions.Section).Get<AgentOptions>() ?? new AgentOptions();
        if (agent.Instruments.Count > 1)
        {
            throw new StartupException(
                $"History:Replays keeps the replay of one instrument, and Agent:Instruments has {agent.Instruments.Count}: replay them one after the other");
        }
    }
}
