using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Exchanges.Binance.Execution.Signing;
using BtcAgent.Exchanges.Binance.Rest;
using BtcAgent.Exchanges.Binance.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BtcAgent.Exchanges.Binance.Execution;

/// <summary>Registers Binance spot as the venue for orders; market data is registered separately.</summary>
public static class BinanceTradingServices
{
    /// <summary>
    /// Options: section <c>BinanceTrading</c>, validated at startup; the keys are read at first use, unless
    /// <see cref="BinanceCredentials"/> are registered already.
    /// </summary>
    public static IServiceCollection AddBinanceTrading(
        this IServiceCollection services, Action<BinanceTradingOptions>? configure = null)
    {
        var options = services.AddOptions<BinanceTradingOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        options.BindConfiguration(BinanceTradingOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BinanceTradingOptions>, BinanceTradingOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpClient(nameof(BinanceTradingSession), client => client.Timeout = Timeout.InfiniteTimeSpan).WithoutRedirects();
        services.TryAddSingleton(provider =>
            BinanceCredentials.Load(provider.GetRequiredService<IOptions<BinanceTradingOptions>>().Value));
        services.AddSingleton<UserDataWatch>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<BinanceTradingSession>(
            provider, provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(BinanceTradingSession))));
        services.AddSingleton<IExecutionVenue, BinanceExecutionVenue>();
        services.AddSingleton<IUserDataFeed, BinanceUserDataFeed>();
        return services;
    }
}
