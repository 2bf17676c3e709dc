using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Journals;
using BtcAgent.Grains;
using BtcAgent.History;
using BtcAgent.History.Log.Local;
using BtcAgent.History.Sinks;
using BtcAgent.Silo.Settings;
using BtcAgent.Storage.Embedded;
using BtcAgent.Storage.Postgres;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Journals;

/// <summary>Registers the journal: in memory for a replay, in the data folder for a live agent, in PostgreSQL for a cluster.</summary>
internal static class JournalExtensions
{
    /// <summary>Name of the lease under which one silo stores the decisions.</summary>
    private const string Lease = "journal";

    /// <summary>Adds the journal of a replay, which sees the facts before the log, where there is one.</summary>
    public static IServiceCollection AddReplayJournal(this IServiceCollection services)
    {
        services.AddSingleton(provider => new ReplayJournal(provider.GetService<LocalFactLog>()));
        services.AddSingleton<IDecisionJournal>(provider => provider.GetRequiredService<ReplayJournal>());
        return services.AddSingleton<IFactPublisher>(provider => provider.GetRequiredService<ReplayJournal>());
    }

    /// <summary>Adds the journal in the data folder as a sink of the log.</summary>
    public static IServiceCollection AddEmbeddedJournal(this IServiceCollection services, AgentSettings settings)
    {
        services.AddEmbeddedStore(options => (options.Folder, options.AcceptState) = (settings.DataFolder, settings.AcceptState ?? options.AcceptState));
        services.AddSingleton(provider => new DecisionTail(provider.GetRequiredService<LocalFactLog>()));
        services.AddSingleton<IFactPublisher>(provider => provider.GetRequiredService<DecisionTail>());
        services.AddSingleton<IFactSink>(provider => new JournalSink(
            provider.GetRequiredService<Journal>(),
            provider.GetRequiredService<DecisionTail>().Decisions,
            provider.GetRequiredService<ILogger<JournalSink>>()));
        return services.AddSingleton<IDecisionJournal>(provider =>
        {
            var (journal, options) = (provider.GetRequiredService<Journal>(), provider.GetRequiredService<IOptions<EmbeddedStoreOptions>>().Value);
            return new StoredDecisions(journal, provider.GetRequiredService<DecisionTail>().Decisions, () => StatusOf(journal, options));
        });
    }

    /// <summary>Adds reading the journal of a cluster.</summary>
    public static IServiceCollection AddClusterJournal(this IServiceCollection services, string connectionString)
    {
        services.AddPostgresStore(options => options.ConnectionString = connectionString);
        return services.AddSingleton<IDecisionJournal>(provider => new StoredDecisions(provider.GetRequiredService<PostgresJournal>()));
    }

    /// <summary>Adds storing the decisions of the cluster's topic, which one silo does at a time.</summary>
    public static IServiceCollection AddClusterJournalSink(this IServiceCollection services)
    {
        services.AddSinkOptions();
        services.AddSingleton<JournalFollower>();
        services.AddSingleton<IHistory>(provider => provider.GetRequiredService<JournalFollower>());
        return services.AddLeasedService(Lease, (provider, cancellation) => provider.GetRequiredService<JournalFollower>().RunAsync(cancellation));
    }

    private static JournalStatus StatusOf(Journal journal, EmbeddedStoreOptions options) => new(
        journal.Usage.Rows,
        Math.Round(journal.Usage.Bytes / 1_048_576.0, 1),
        journal.Usage.OldestEventTimeUnixNs is { } oldest ? new Timestamp(oldest) : Timestamp.Unknown,
        journal.Usage.Trimmed,
        $"{options.JournalDaysMax} days, {options.JournalSizeMaxMb} MiB, {options.JournalRowsMax} entries",
        journal.Problem);
}
