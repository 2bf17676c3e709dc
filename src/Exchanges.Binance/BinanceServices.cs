using BtcAgent.Domain.Portfolios;
using BtcAgent.Exchanges.Binance.Rest;
using BtcAgent.Exchanges.Binance.Settings;
using BtcAgent.Exchanges.Binance.Streams;
using BtcAgent.Exchanges.Binance.Tapes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BtcAgent.Exchanges.Binance;

/// <summary>Registers market data from Binance, or from a tape of it, as the <see cref="IMarketFeed"/>.</summary>
public static class BinanceServices
{
    /// <summary>Registers the live feed. Options: section <c>Binance</c>, validated at startup.</summary>
    public static IServiceCollection AddBinanceMarketData(
        this IServiceCollection services, Action<BinanceOptions>? configure = null)
    {
        var options = services.AddOptions<BinanceOptions>()
            .BindConfiguration(BinanceOptions.Section)
            .ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BinanceOptions>, BinanceOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddSingleton<FeedMetrics>();
        services.AddHttpClient(nameof(BinanceRestClient), client => client.Timeout = Timeout.InfiniteTimeSpan).WithoutRedirects();
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<BinanceRestClient>(
            provider, provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(BinanceRestClient))));
        services.TryAddSingleton<IValuationPrices, BinanceValuationPrices>();
        services.TryAddSingleton<BinanceMarketFeed>();
        services.AddSingleton<IMarketFeed>(provider => provider.GetRequiredService<BinanceMarketFeed>());
        return services;
    }

    /// <summary>Registers a replay of tapes. Options: section <c>Tape</c>, validated at startup.</summary>
    public static IServiceCollection AddTapeMarketData(
        this IServiceCollection services, Action<TapeOptions>? configure = null)
    {
        var options = services.AddOptions<TapeOptions>()
            .BindConfiguration(TapeOptions.Section)
            .ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TapeOptions>, TapeOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TapeFeed>();
        services.AddSingleton<IMarketFeed>(provider => provider.GetRequiredService<TapeFeed>());
        return services;
    }
}
