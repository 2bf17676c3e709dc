using BtcAgent.Contracts.Journals;
using BtcAgent.Silo.Settings;
using BtcAgent.Storage.Embedded;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Journals;

/// <summary>Registers the journal: in memory for a replay, in the data folder for a live agent.</summary>
internal static class JournalExtensions
{
    public static IServiceCollection AddJournal(this IServiceCollection services, AgentSettings settings)
    {
        services.AddSingleton<IDecisionJournal>(provider => provider.GetRequiredService<RecordingJournal>());
        if (settings.Venue == VenueKind.Replay)
        {
            services.AddSingleton<MemoryJournal>();
            services.AddSingleton(provider => new RecordingJournal(provider.GetRequiredService<MemoryJournal>()));
        }
        else
        {
            services.AddEmbeddedStore(options => (options.Folder, options.AcceptState) = (settings.DataFolder, settings.AcceptState ?? options.AcceptState));
            services.AddSingleton(provider => new RecordingJournal(
                new EmbeddedJournal(
                    provider.GetRequiredService<Journal>(),
                    provider.GetRequiredService<IOptions<EmbeddedStoreOptions>>().Value,
                    provider.GetRequiredService<TimeProvider>())));
        }

        return services;
    }
}
