using BtcAgent.Exchanges.Binance;
using BtcAgent.Exchanges.Binance.Execution;
using BtcAgent.Exchanges.Binance.Settings;
using BtcAgent.Exchanges.Simulator;
using BtcAgent.Exchanges.Simulator.Settings;
using BtcAgent.Grains.Feeds;
using BtcAgent.Silo.Secrets;
using BtcAgent.Silo.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Venues;

/// <summary>Registers the market data of the chosen venue.</summary>
internal static class VenueExtensions
{
    /// <summary>The test network's addresses, which settings may still override.</summary>
    public static IReadOnlyDictionary<string, string?> TestnetAddresses { get; } = new Dictionary<string, string?>
    {
        [$"{BinanceOptions.Section}:{nameof(BinanceOptions.RestBaseAddress)}"] = "https://testnet.binance.vision",
        [$"{BinanceOptions.Section}:{nameof(BinanceOptions.StreamBaseAddress)}"] = "wss://stream.testnet.binance.vision",
        [$"{BinanceTradingOptions.Section}:{nameof(BinanceTradingOptions.WebSocketApiAddress)}"] = "wss://ws-api.testnet.binance.vision/ws-api/v3",
    };

    /// <summary>Registers the destination of orders for a silo without feeds.</summary>
    public static IServiceCollection AddTradingVenue(this IServiceCollection services, AgentSettings settings) =>
        settings.Venue is VenueKind.BinanceTestnet or VenueKind.BinanceLive ? services.AddVenue(settings) : services;

    public static IServiceCollection AddVenue(this IServiceCollection services, AgentSettings settings)
    {
        switch (settings.Venue)
        {
            case VenueKind.Replay:
                services.AddOptions<FeedOptions>().Validate(
                    feeds => feeds.Lines == 1,
                    "Feeds:Lines: set 1, since one process reads a tape: two readers would not deliver the same events at the same time");
                return services.AddTapeMarketData(options =>
                {
                    foreach (var tape in settings.Tapes)
                    {
                        options.Paths.Add(tape);
                    }

                    options.Speed = settings.Speed;
                    options.AsIfNow = settings.Role != NodeRole.All;
                });
            case VenueKind.BinancePaper:
                return services.AddBinanceMarketData(options => options.RecordTo = settings.RecordTo);
            case VenueKind.BinanceTestnet or VenueKind.BinanceLive:
                services.AddVenueKey(settings);
                services.AddBinanceTrading();
                services.RequireEncryption(settings.Venue);
                return services.AddBinanceMarketData(options => options.RecordTo = settings.RecordTo);
            default:
                // The port is chosen here, because the connector's options are validated before the venue starts.
                var port = LoopbackPorts.FindFree(1)[0];
                services.AddSimulator(settings, port);
                return services.AddBinanceMarketData(options =>
                {
                    options.RestBaseAddress = new Uri($"http://127.0.0.1:{port}");
                    options.StreamBaseAddress = new Uri($"ws://127.0.0.1:{port}");
                    options.RecordTo = settings.RecordTo;
                });
        }
    }

    private static void RequireEncryption(this IServiceCollection services, VenueKind venue)
    {
        services.AddSingleton(provider => new EncryptedVenueOptionsValidator(
            venue, () => provider.GetRequiredService<IOptions<BinanceOptions>>().Value.Simulated));
        services.AddSingleton<IValidateOptions<BinanceOptions>>(p => p.GetRequiredService<EncryptedVenueOptionsValidator>());
        services.AddSingleton<IValidateOptions<BinanceTradingOptions>>(p => p.GetRequiredService<EncryptedVenueOptionsValidator>());
    }

    /// <summary>
    /// The host starts services in the order of their registration, so the venue runs before anything reads it.
    /// </summary>
    private static void AddSimulator(this IServiceCollection services, AgentSettings settings, int port)
    {
        services.AddOptions<SimulatorOptions>().BindConfiguration(SimulatorOptions.Section).Configure(options =>
        {
            options.Seed = settings.Seed;
            options.Port = port;
        }).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SimulatorOptions>, SimulatorOptionsValidator>();
        services.AddSingleton(provider => new SimulatedVenue(
            provider.GetRequiredService<IOptions<SimulatorOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddHostedService<SimulatorHost>();
    }
}
