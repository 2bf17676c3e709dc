using BtcAgent.Exchanges.Simulator.Social;
using BtcAgent.Grains;
using BtcAgent.Grains.Feeds;
using BtcAgent.Silo.Scorers;
using BtcAgent.Silo.Settings;
using BtcAgent.Social;
using BtcAgent.Social.Budgets;
using BtcAgent.Social.Transformers.Scoring;
using BtcAgent.Social.X.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Social;

/// <summary>Registers the reader of posts: in a single process, or in the role <c>social</c> of a cluster.</summary>
internal static class SocialServices
{
    /// <summary>Name of the lease.</summary>
    public const string Lease = "social";

    /// <summary>Price of the simulated X for a post or a request, in dollars. No person pays it, so it is small enough not to end a day.</summary>
    private const decimal SimulatedPrice = 0.00001m;

    /// <summary>Of which some 0.6 match the rule, more when the market moves: the largest monthly limit is enough for them.</summary>
    private const double SimulatedPostsPerSecond = 0.7;

    /// <summary>Posts of a simulated day: three times as many as match.</summary>
    private const long SimulatedReadsPerDay = 150_000;

    private const long SimulatedReadsPerMonth = 3_000_000;

    /// <summary>Call it after Orleans is added: a stop then ends the reading while the grains still answer.</summary>
    public static void AddSocial(this WebApplicationBuilder builder, AgentSettings settings)
    {
        var source = SourceOf(builder.Configuration, settings);
        builder.Services.AddSingleton<IValidateOptions<SocialOptions>, SocialOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<SocialOptions>, SourceOfVenueValidator>();
        builder.Services.AddOptions<SocialOptions>().BindConfiguration(SocialOptions.Section).ValidateOnStart();
        if (settings.Venue == VenueKind.Replay)
        {
            return; // A replay repeats what was recorded.
        }

        builder.Services.AddSocialSources(source == PostSource.Simulated ? Simulate : null);
        if (source == PostSource.Simulated)
        {
            AddSimulatedX(builder.Services);
        }
        else if (source == PostSource.X)
        {
            builder.Services.AddSingleton(provider => BearerToken.Load(provider.GetRequiredService<IOptions<XOptions>>().Value));
        }

        builder.Services.AddOptions<TransformerOptions>().BindConfiguration(TransformerOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<TransformerOptions>, TransformerOptionsValidator>().AddSingleton<IValidateOptions<TransformerOptions>, ModelFolderValidator>();
        builder.Services.AddSingleton<SocialFigures>();
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SourceOpener>(provider, source));
        builder.Services.AddSingleton<SocialService>();
        builder.Services.AddLeasedService(Lease, (provider, epoch, cancellation) => provider.GetRequiredService<SocialService>().RunAsync(epoch, cancellation));
    }

    /// <summary>For a client of a cluster. Several may run: one of them reads. Call it after Orleans is added.</summary>
    /// <exception cref="StartupException">There is nothing to read.</exception>
    public static void AddClusterSocial(this WebApplicationBuilder builder, AgentSettings settings)
    {
        if (settings.Venue == VenueKind.Replay)
        {
            throw new StartupException("--role social: a replay reads no posts: end this process, or choose another venue");
        }

        // Unique for each start: a holder that hangs must not be mistaken for its successor of the same name.
        builder.Services.AddSingleton(new LeaseHolder($"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}"));
        builder.AddSocial(settings);
    }

    /// <summary>The source by the settings, or by the venue without one.</summary>
    private static PostSource SourceOf(ConfigurationManager configuration, AgentSettings settings) =>
        configuration.GetSection(SocialOptions.Section).Get<SocialOptions>()?.Source
        ?? (settings.Venue == VenueKind.Simulator ? PostSource.Simulated : PostSource.None);

    private static void Simulate(BudgetOptions budget)
    {
        (budget.ReadsPerDayMax, budget.ReadsPerMonthMax) = (SimulatedReadsPerDay, SimulatedReadsPerMonth);
        (budget.DollarsPerRead, budget.DollarsPerCounts, budget.DollarsPerAuthor) = (SimulatedPrice, SimulatedPrice, 0);
    }

    private static void AddSimulatedX(IServiceCollection services)
    {
        services.AddOptions<SimulatedXOptions>()
            .Configure(x => (x.DollarsPerRead, x.DollarsPerCounts, x.Posts.PostsPerSecond) = (SimulatedPrice, SimulatedPrice, SimulatedPostsPerSecond))
            .BindConfiguration(SimulatedXOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SimulatedXOptions>, SimulatedXOptionsValidator>();
        services.AddSingleton<MarketMoves>();
        services.AddSingleton(provider => new SimulatedX(
            provider.GetRequiredService<IOptions<SimulatedXOptions>>().Value, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddHostedService<SimulatedXHost>();
    }
}
