using BtcAgent.Contracts.Backups;
using BtcAgent.Silo.Settings;
using BtcAgent.Storage.Backups;
using BtcAgent.Storage.Objects;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Backups;

/// <summary>
/// Backs up the data folder every <see cref="BackupOptions.EveryHours"/>, counted from the newest backup. A failure is logged,
/// shown in the status and tried again; it never affects trading. A stop makes no backup: it would delay the stop, and the state
/// is on disk.
/// </summary>
internal sealed partial class BackupSchedule(
    BackupPlace place, IOptions<BackupOptions> options, AgentSettings settings, TimeProvider time, ILogger<BackupSchedule> logger)
    : BackgroundService, IBackupBoard
{
    /// <summary>Delay after the start, when models train and feeds connect.</summary>
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromHours(1);

    private BackupStatus _status = new(place.Archive.Place, place.Archive.Encrypts, 0, null, null, 0, null, null, null);

    public BackupStatus Read() => Volatile.Read(ref _status);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host starts the other services meanwhile.
        await Task.Yield();
        var earliest = time.GetUtcNow() + AfterStart;
        try
        {
            while (true)
            {
                var due = await DueAsync(earliest, stoppingToken);
                Show(Read() with { NextAt = due });
                await Task.Delay(Max(due - time.GetUtcNow(), TimeSpan.Zero), time, stoppingToken);
                Show(Read() with { NextAt = null });
                var succeeded = await TryAsync("create", BackUpAsync, stoppingToken);
                earliest = time.GetUtcNow() + (succeeded ? TimeSpan.Zero : RetryAfter);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped(logger);
        }
    }

    /// <summary>Time of the next backup; the newest existing one may be of an earlier run, or made by the command line.</summary>
    private async Task<DateTimeOffset> DueAsync(DateTimeOffset earliest, CancellationToken cancellationToken)
    {
        await TryAsync("list", CountAsync, cancellationToken);
        var due = Read().NewestAt + TimeSpan.FromHours(options.Value.EveryHours) ?? earliest;
        return due > earliest ? due : earliest;
    }

    private async Task CountAsync(CancellationToken cancellationToken)
    {
        var all = await place.Archive.ListAsync(cancellationToken);
        Show(Read() with
        {
            Kept = all.Count,
            Newest = all.FirstOrDefault()?.Name,
            NewestAt = all.FirstOrDefault()?.Instant,
            SizeMb = Math.Round(all.Sum(backup => backup.Bytes) / 1_048_576.0, 1),
        });
    }

    private async Task BackUpAsync(CancellationToken cancellationToken)
    {
        var conditions = await place.Store.ProbeAsync(cancellationToken);
        var created = await place.Archive.CreateAsync(settings.DataFolder, cancellationToken);
        var limits = options.Value;
        var deleted = await place.Archive.TrimAsync(
            limits.Keep, TimeSpan.FromDays(limits.KeepDays), limits.SizeMaxMb * 1_048_576L, cancellationToken);
        Show(Read() with { LastSeconds = Math.Round(created.Seconds, 1), Problem = null });
        LogCreated(
            logger, created.Contents.Name, place.Archive.Place, created.Bytes / 1024, created.Seconds,
            place.Archive.Encrypts ? "encrypted" : $"not encrypted: set {BackupKey.Variable} or {BackupOptions.Section}:KeyFile",
            deleted.Count, conditions.Describe());
    }

    /// <summary>Returns false after a failure of whatever kind: trading continues without a backup.</summary>
    private async Task<bool> TryAsync(string what, Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act(cancellationToken);
            return true;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Show(Read() with { Problem = error.Message });
            LogFailed(logger, what, error.Message, error is BackupException or ObjectStoreException or Storage.Embedded.EmbeddedStoreException ? null : error);
            return false;
        }
    }

    private void Show(BackupStatus status) => Volatile.Write(ref _status, status);

    private static TimeSpan Max(TimeSpan first, TimeSpan second) => first > second ? first : second;
}
