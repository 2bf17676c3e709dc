using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Binance;
using BtcAgent.Exchanges.Binance.Streams;
using BtcAgent.Exchanges.Simulator;
using BtcAgent.Silo.CommandLine;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Venues;

/// <summary>Registers the market data that the command line asks for.</summary>
internal static class VenueExtensions
{
    public static IServiceCollection AddVenue(this IServiceCollection services, AgentSettings settings)
    {
        switch (settings.Venue)
        {
            case VenueKind.Replay:
                return services.AddTapeMarketData(options =>
                {
                    foreach (var tape in settings.Tapes)
                    {
                        options.Paths.Add(tape);
                    }

                    options.Speed = settings.Speed;
                });
            case VenueKind.BinancePaper:
                return services.AddBinanceMarketData(options => options.RecordTo = settings.RecordTo);
            default:
                services.AddSimulator(settings);
                return services.AddBinanceMarketData(options => options.RecordTo = settings.RecordTo);
        }
    }

    /// <summary>Starts the venue before anything that reads it, and points the connector at its address.</summary>
    private static void AddSimulator(this IServiceCollection services, AgentSettings settings)
    {
        services.AddOptions<SimulatorOptions>().BindConfiguration("Simulator").Configure(o => o.Seed = settings.Seed);
        services.AddSingleton(provider => new SimulatedVenue(
            provider.GetRequiredService<IOptions<SimulatorOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddHostedService<SimulatorHost>();
        services.AddSingleton<IConfigureOptions<BinanceOptions>, SimulatorAddress>();
    }
}
