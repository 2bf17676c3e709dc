using BtcAgent.Alerts.Channels;
using BtcAgent.Alerts.Delivery;
using BtcAgent.Alerts.Engine;
using BtcAgent.Alerts.Rules;
using BtcAgent.Alerts.Settings;
using BtcAgent.Domain.Alerts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Alerts;

/// <summary>Registers the alerts' settings and channels.</summary>
public static class AlertsExtensions
{
    /// <summary>Adds the settings, validated at start, and the rules on who is notified.</summary>
    public static IServiceCollection AddAlertOptions(this IServiceCollection services)
    {
        services.AddOptions<AlertOptions>().BindConfiguration(AlertOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AlertOptions>>(new AlertOptionsValidator(AlertRules.Names)));
        services.TryAddSingleton(provider =>
            AlertPolicy.Of(provider.GetRequiredService<IOptions<AlertOptions>>().Value, AlertRules.MutedBy, AlertRules.Silent));
        return services;
    }

    /// <summary>Adds the channels, for a process that sends.</summary>
    public static IServiceCollection AddAlertChannels(this IServiceCollection services)
    {
        services.AddSingleton(provider => new AlertChannels(
            provider.GetRequiredService<IOptions<AlertOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<AlertLinks>()));
        services.AddSingleton(provider => new AlertCourier(
            provider.GetRequiredService<AlertChannels>().All,
            provider.GetRequiredService<IOptions<AlertOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AlertCourier>>()));
        return services;
    }

    /// <summary>Records how many alerts fire, for the metrics.</summary>
    public static void RecordFiring(IReadOnlyCollection<Alert> alerts)
    {
        foreach (var severity in Enum.GetValues<AlertSeverity>())
        {
            AlertMeter.Firing.Record(
                alerts.Count(alert => alert.IsFiring && alert.Severity == severity),
                new KeyValuePair<string, object?>("severity", severity.ToString().ToLowerInvariant()));
        }
    }
}
