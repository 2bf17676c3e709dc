using BtcAgent.Storage.Backups;

namespace BtcAgent.Cli.Backups;

/// <summary>The backup that a command is about.</summary>
internal static class BackupChoice
{
    /// <summary>Returns the named backup, or the newest; the size is 0 for one that is not there, which reading reports.</summary>
    public static async Task<(string Name, long Bytes)> OfAsync(BackupArchive archive, string? name, CancellationToken cancellationToken)
    {
        var all = await archive.ListAsync(cancellationToken);
        if (name is null)
        {
            return all.Count > 0 ? (all[0].Name, all[0].Bytes)
                : throw new BackupException(BackupFault.Other, $"there is no backup in {archive.Place}: make one with 'btcagent backup create'");
        }

        return (name, all.FirstOrDefault(backup => backup.Name == name)?.Bytes ?? 0);
    }
}
