using BtcAgent.Exchanges.Binance.Execution.Signing;
using BtcAgent.Exchanges.Binance.Settings;
using BtcAgent.Silo.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Secrets;

/// <summary>Registers the venue's key.</summary>
internal static partial class VenueKeyExtensions
{
    public static IServiceCollection AddVenueKey(this IServiceCollection services, AgentSettings settings)
    {
        services.AddOptions<SecretsOptions>().BindConfiguration(SecretsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SecretsOptions>, SecretsOptionsValidator>();
        services.AddSingleton(provider => Load(provider, settings));
        return services;
    }

    private static BinanceCredentials Load(IServiceProvider provider, AgentSettings settings)
    {
        var key = new VenueKey(
            settings, provider.GetRequiredService<IOptions<SecretsOptions>>().Value, provider.GetRequiredService<IOptions<BinanceTradingOptions>>().Value);
        // Opened before the host starts: nothing else waits on this thread.
        var credentials = key.LoadAsync(CancellationToken.None).GetAwaiter().GetResult();
        if (settings.Venue == VenueKind.BinanceLive && !key.IsSealed)
        {
            LogInClear(provider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(VenueKeyExtensions)), string.Join(", ", key.InClear));
        }

        return credentials;
    }

    [LoggerMessage(EventId = 1150, Level = LogLevel.Warning,
        Message = "The venue's key for real money is not encrypted at rest ({Settings}): store it with 'btcagent keys venue set' and remove these settings")]
    private static partial void LogInClear(ILogger logger, string settings);
}
