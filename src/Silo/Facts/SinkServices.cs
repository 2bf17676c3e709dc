using BtcAgent.History;
using BtcAgent.History.Log;
using BtcAgent.Silo.Cluster;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Facts;

/// <summary>Registers the log of facts and its sinks, of a single process or of a cluster's role <c>sink</c>.</summary>
internal static class SinkServices
{
    private const string Folder = "facts";
    private const string FilesFolder = "history";

    /// <summary>Adds the log in the data folder and the sinks of a single process.</summary>
    public static void AddLocalHistory(this WebApplicationBuilder builder, AgentSettings settings)
    {
        var options = builder.Configuration.GetSection(HistoryOptions.Section).Get<HistoryOptions>() ?? new HistoryOptions();
        if (!options.Enabled || settings.Venue == VenueKind.Replay)
        {
            return;
        }

        builder.Services.AddLocalFactLog(Path.Combine(settings.DataFolder, Folder), $"local-{Guid.NewGuid():N}");
        builder.Services.AddConfiguredSinks(builder.Configuration, Path.Combine(settings.DataFolder, FilesFolder));
    }

    /// <summary>Adds the cluster's topics and the sinks that follow them.</summary>
    public static void AddClusterSinks(this WebApplicationBuilder builder, KafkaOptions kafka)
    {
        builder.Services.AddSingleton<Func<IFactLog>>(provider => () => new KafkaFactLog(kafka, provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddConfiguredSinks(builder.Configuration, folder: null);
    }
}
