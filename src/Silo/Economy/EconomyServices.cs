using BtcAgent.Economy.Settings;
using BtcAgent.Exchanges.Simulator.Economy;
using BtcAgent.Grains;
using BtcAgent.Silo.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Economy;

/// <summary>Registers the reader of economic releases, in the process that reads posts.</summary>
internal static class EconomyServices
{
    /// <summary>Name of the lease.</summary>
    public const string Lease = "economy";

    /// <summary>Call it after Orleans is added: a stop then ends the reading while the grains still answer.</summary>
    public static void AddEconomy(this WebApplicationBuilder builder, AgentSettings settings)
    {
        builder.Services.AddSingleton<IValidateOptions<EconomyOptions>, EconomyOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<EconomyOptions>, EconomyOfVenueValidator>();
        builder.Services.AddOptions<EconomyOptions>().BindConfiguration(EconomyOptions.Section).ValidateOnStart();
        var source = builder.Configuration.GetSection(EconomyOptions.Section).Get<EconomyOptions>()?.Source ?? EconomySource.None;
        if (source == EconomySource.None || settings.Venue == VenueKind.Replay)
        {
            return;
        }

        builder.Services.AddOptions<FredOptions>().BindConfiguration(FredOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<FredOptions>, FredOptionsValidator>();
        if (source == EconomySource.Simulated)
        {
            AddSimulatedFred(builder.Services);
        }
        else
        {
            builder.Services.AddSingleton(provider => FredKey.Load(provider.GetRequiredService<IOptions<FredOptions>>().Value));
        }

        builder.Services.AddSingleton<EconomyFigures>();
        builder.Services.AddSingleton<EconomyService>();
        builder.Services.AddLeasedService(Lease, (provider, epoch, cancellation) => provider.GetRequiredService<EconomyService>().RunAsync(epoch, cancellation));
    }

    private static void AddSimulatedFred(IServiceCollection services)
    {
        services.AddOptions<SimulatedFredOptions>().BindConfiguration(SimulatedFredOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SimulatedFredOptions>, SimulatedFredOptionsValidator>();
        services.AddSingleton(provider => new SimulatedFred(
            provider.GetRequiredService<IOptions<SimulatedFredOptions>>().Value, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddHostedService<SimulatedFredHost>();
    }
}
