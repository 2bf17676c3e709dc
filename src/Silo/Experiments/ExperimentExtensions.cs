using BtcAgent.Contracts.Experiments;
using BtcAgent.Contracts.Settings;
using BtcAgent.Grains;
using BtcAgent.Silo.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Experiments;

/// <summary>Registers the experiments of one process.</summary>
internal static class ExperimentExtensions
{
    /// <summary>Adds the settings, for the commands of the gateway too, and to a process that trades the desk, in one silo at a time.</summary>
    public static void AddExperiments(this WebApplicationBuilder builder, AgentSettings settings)
    {
        builder.Services.AddOptions<ExperimentOptions>().BindConfiguration(ExperimentOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ExperimentOptions>, ExperimentOptionsValidator>();
        builder.Services.AddSingleton<IExperimentPlans, ConfiguredPlans>();
        CanaryShares.Demand(
            builder.Configuration.GetSection(AgentOptions.Section).Get<AgentOptions>() ?? new(),
            builder.Configuration.GetSection(ExperimentOptions.Section).Get<ExperimentOptions>() ?? new(),
            settings.Venue);
        var isEnabled = builder.Configuration.GetValue($"{ExperimentOptions.Section}:{nameof(ExperimentOptions.Enabled)}", defaultValue: true);
        if (isEnabled && settings is { Venue: not VenueKind.Replay, Role: NodeRole.All or NodeRole.Silo })
        {
            builder.Services.AddSingleton<CanaryDesk>();
            builder.Services.AddSingleton<ExperimentDesk>();
            builder.Services.AddLeasedService(
                "experiments", (provider, cancellation) => provider.GetRequiredService<ExperimentDesk>().RunAsync(cancellation));
        }
    }
}
