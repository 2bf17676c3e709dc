using BtcAgent.Silo.Backups;
using BtcAgent.Silo.Settings;
using BtcAgent.Storage.Backups;
using BtcAgent.Storage.Objects;

namespace BtcAgent.Silo.Doctor;

/// <summary>The age of the newest backup.</summary>
internal sealed class BackupExamination : IExamination
{
    /// <summary>Intervals after which the newest backup is too old: one may have failed.</summary>
    private const int IntervalsMax = 2;

    public string Name => "backup";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(ExaminedAgent agent, CancellationToken cancellationToken)
    {
        if (!agent.IsAlone || agent.Settings.Venue == VenueKind.Replay || !Directory.Exists(agent.DataFolder))
        {
            return [];
        }

        var options = agent.Section<BackupOptions>(BackupOptions.Section);
        if (!options.Enabled)
        {
            return [Finding.Warning(Name, "backups are off", "set Backup:Enabled=true, or call 'btcagent backup create' from a scheduler")];
        }

        try
        {
            using var place = BackupPlace.Open(options, agent.DataFolder, agent.Time);
            var backups = await place.Archive.ListAsync(cancellationToken);
            return [Judge(backups.Count == 0 ? null : backups.Max(backup => backup.Instant), options, place.Archive.Place, agent)];
        }
        catch (Exception e) when (e is StartupException or BackupException or ObjectStoreException)
        {
            return [Finding.Problem(Name, e.Message, "correct section Backup")];
        }
    }

    private Finding Judge(DateTimeOffset? newest, BackupOptions options, string place, ExaminedAgent agent)
    {
        if (newest is not { } instant)
        {
            return File.Exists(Path.Combine(agent.DataFolder, "state.db"))
                ? Finding.Warning(Name, $"there is no backup in {place}", "make one with 'btcagent backup create', or let the agent run for a day")
                : Finding.Ok(Name, "there is nothing to back up yet");
        }

        var age = agent.Time.GetUtcNow() - instant;
        var text = $"the newest backup in {place} is of {instant.UtcDateTime:u}, {(int)age.TotalHours} h ago";
        return age > IntervalsMax * TimeSpan.FromHours(options.EveryHours)
            ? Finding.Problem(Name, text, "see the agent's log for the failure, and make one with 'btcagent backup create'")
            : Finding.Ok(Name, text);
    }
}
