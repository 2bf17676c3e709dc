using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Storage.Backups;
using Spectre.Console;

namespace BtcAgent.Cli.Backups;

/// <summary>Lists the backups of a store, newest first.</summary>
internal sealed class BackupListCommand : BackupCommand
{
    public BackupListCommand()
        : base("list", "Lists the backups, newest first.", "btcagent backup list --data data")
    {
    }

    protected override async Task<int> RunAsync(BackupArchive archive, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var listed = new List<ListedBackup>();
        foreach (var backup in await archive.ListAsync(cancellationToken))
        {
            listed.Add(await ListedAsync(archive, backup, cancellationToken));
        }

        output.Result(new BackupList(archive.Place, [.. listed]), console =>
        {
            console.WriteLine($"{listed.Count} backups in {archive.Place}");
            foreach (var backup in listed)
            {
                console.WriteLine(FormattableString.Invariant(
                    $"  {backup.Name}  {backup.Bytes / 1_024.0,12:N0} KiB  {backup.Problem ?? (backup.IsEncrypted ? "encrypted" : "not encrypted")}"));
            }
        });
        return ExitCodes.Ok;
    }

    private static async Task<ListedBackup> ListedAsync(BackupArchive archive, StoredBackup backup, CancellationToken cancellationToken)
    {
        try
        {
            var header = await archive.ReadHeaderAsync(backup.Name, cancellationToken);
            return new ListedBackup(backup.Name, backup.Instant, backup.Bytes, header.IsEncrypted, header.AgentVersion, null);
        }
        catch (BackupException error)
        {
            return new ListedBackup(backup.Name, backup.Instant, backup.Bytes, false, null, error.Message);
        }
    }
}
