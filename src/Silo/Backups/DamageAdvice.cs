using BtcAgent.Silo.Settings;
using BtcAgent.Storage.Backups;
using BtcAgent.Storage.Embedded;
using BtcAgent.Storage.Objects;

namespace BtcAgent.Silo.Backups;

/// <summary>Names the newest good backup and the command to restore it when a database of the data folder is damaged.</summary>
internal static class DamageAdvice
{
    /// <summary>Newest backups that are checked.</summary>
    private const int CheckedMax = 3;

    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(60);

    /// <summary>Returns one line for the operator.</summary>
    public static string Explain(EmbeddedStoreException damage, BackupOptions options, AgentSettings settings)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeMax);
            using var place = BackupPlace.Open(options, settings.DataFolder, TimeProvider.System);
            return $"{damage.Message}; {FindAsync(place.Archive, options, settings, limit.Token).GetAwaiter().GetResult()}";
        }
        catch (Exception error) when (error is StartupException or ObjectStoreException or OperationCanceledException)
        {
            return $"{damage.Message}; the backups could not be read ({error.Message}): 'btcagent backup list' shows them";
        }
    }

    private static async Task<string> FindAsync(
        BackupArchive archive, BackupOptions options, AgentSettings settings, CancellationToken cancellationToken)
    {
        var all = await archive.ListAsync(cancellationToken);
        var problems = new List<string>();
        foreach (var backup in all.Take(CheckedMax))
        {
            try
            {
                await archive.VerifyAsync(backup.Name, cancellationToken);
                return $"the newest good backup is of {backup.Instant.UtcDateTime:u}, restore it with: {Command(backup.Name, options, settings)}";
            }
            catch (BackupException error) when (error.Fault == BackupFault.Key)
            {
                return $"the newest backup is of {backup.Instant.UtcDateTime:u}, not checked because its key is not set, restore it with: {Command(backup.Name, options, settings)}";
            }
            catch (BackupException error)
            {
                problems.Add(error.Message);
            }
        }

        return problems.Count == 0 ? $"there is no backup in {archive.Place}" : string.Join("; ", problems);
    }

    private static string Command(string name, BackupOptions options, AgentSettings settings)
    {
        var store = options.Store;
        var place = store.Kind == ObjectStoreKind.S3 ? $" --store s3://{store.Bucket}/{store.Prefix}".TrimEnd('/')
            : store.Path is { } path ? $" --store {path}" : "";
        return $"btcagent backup restore {name} --data {settings.DataFolder}{place}"
            + $"{(store.Endpoint is { } endpoint ? $" --endpoint {endpoint}" : "")}{(options.KeyFile is { } key ? $" --key-file {key}" : "")} --force";
    }
}
