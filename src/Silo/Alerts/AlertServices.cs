using BtcAgent.Alerts;
using BtcAgent.Alerts.Channels;
using BtcAgent.Alerts.Commands;
using BtcAgent.Alerts.Settings;
using BtcAgent.Client.Api;
using BtcAgent.Client.Operators;
using BtcAgent.Grains;
using BtcAgent.Silo.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Alerts;

/// <summary>Registers the alerts of one process.</summary>
internal static class AlertServices
{
    /// <summary>
    /// Adds the settings, and to a process that trades the reporter and the notifier. Call it after Orleans is added: a stop is then
    /// reported while the grains still answer.
    /// </summary>
    public static void AddAlerts(this WebApplicationBuilder builder, AgentSettings settings, AgentIdentity identity)
    {
        builder.Services.AddAlertOptions();
        var isEnabled = builder.Configuration.GetValue($"{AlertOptions.Section}:{nameof(AlertOptions.Enabled)}", defaultValue: true);
        if (settings.Venue == VenueKind.Replay || !isEnabled)
        {
            return; // A replay runs on event time.
        }

        builder.Services.TryAddSingleton(identity);
        if (settings.Role is NodeRole.All or NodeRole.Silo)
        {
            AddLinks(builder);
            builder.Services.AddAlertChannels();
            builder.Services.AddSingleton<TradeFiguresReader>();
            builder.Services.AddSingleton<AlertFiguresReader>();
            builder.Services.AddSingleton<AlertNotifier>();
            AddCommands(builder);
            builder.Services.AddLeasedService(
                "alerts", (provider, cancellation) => provider.GetRequiredService<AlertNotifier>().RunAsync(cancellation));
        }

        // After the notifier, so that it stops before it and the stop is still sent.
        builder.Services.AddHostedService<ProcessReporter>();
    }

    /// <summary>Commands of chats, in one silo at a time.</summary>
    private static void AddCommands(WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetSection(AlertOptions.Section).Get<AlertOptions>() is { } options && TelegramCommands.IsWanted(options))
        {
            builder.Services.AddSingleton<IChatDesk, ChatDesk>();
            builder.Services.AddSingleton(provider => new TelegramCommands(
                provider.GetRequiredService<IOptions<AlertOptions>>().Value,
                provider.GetRequiredService<IChatDesk>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<TelegramCommands>>()));
            builder.Services.AddLeasedService(
                "telegram", (provider, cancellation) => provider.GetRequiredService<TelegramCommands>().RunAsync(cancellation));
        }
    }

    /// <summary>Signed with a key of the operator key, which the gateway has, too.</summary>
    private static void AddLinks(WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetSection(AlertOptions.Section).Get<AlertOptions>() is { LinkBase: { Length: > 0 } root } options
            && Uri.TryCreate(root, UriKind.Absolute, out var address))
        {
            builder.Services.AddSingleton(provider => new AlertLinks(
                provider.GetRequiredService<OperatorKey>().DeriveLinkKey(),
                address,
                TimeSpan.FromHours(options.LinkHours),
                provider.GetRequiredService<TimeProvider>()));
        }
    }
}
