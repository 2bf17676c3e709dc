using BtcAgent.Contracts.Settings;
using BtcAgent.Grains;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Watches;

/// <summary>Registers the look at the models' watches.</summary>
internal static class ModelWatchServices
{
    /// <summary>Adds it to a process that trades, in one silo at a time.</summary>
    public static void AddModelWatches(this WebApplicationBuilder builder, AgentSettings settings)
    {
        var isEnabled = builder.Configuration.GetValue($"{ModelWatchOptions.Section}:{nameof(ModelWatchOptions.Enabled)}", defaultValue: true);
        if (isEnabled && settings is { Venue: not VenueKind.Replay, Role: NodeRole.All or NodeRole.Silo })
        {
            builder.Services.AddSingleton<WatchGauges>();
            builder.Services.AddSingleton<ModelWatchDesk>();
            builder.Services.AddLeasedService(
                "model-watch", (provider, cancellation) => provider.GetRequiredService<ModelWatchDesk>().RunAsync(cancellation));
        }
    }
}
