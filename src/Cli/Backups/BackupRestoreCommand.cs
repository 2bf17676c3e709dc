using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Storage.Backups;
using Spectre.Console;

namespace BtcAgent.Cli.Backups;

/// <summary>Restores a backup into a data folder.</summary>
internal sealed class BackupRestoreCommand : BackupCommand
{
    private readonly Argument<string?> _name = new("name") { Description = "name of the backup; default the newest", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<bool> _force = new("--force") { Description = "move an existing state aside, into the folder before-restore-TIME" };

    public BackupRestoreCommand()
        : base("restore", "Restores a backup into the data folder of a stopped agent, which then starts halted.", "btcagent backup restore --data data --force")
    {
        Arguments.Add(_name);
        Options.Add(_force);
    }

    protected override async Task<int> RunAsync(BackupArchive archive, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var (name, bytes) = await BackupChoice.OfAsync(archive, arguments.GetValue(_name), cancellationToken);
        var restore = new BackupRestore(archive, TimeProvider.System);
        var restored = await restore.RestoreAsync(name, Store.DataOf(arguments), arguments.GetValue(_force), cancellationToken);
        var shown = ShownBackup.Of(restored.Contents, bytes, archive.Place) with { RestoredTo = restored.Folder, MovedAsideTo = restored.Aside };
        output.Result(shown, console =>
        {
            BackupTable.Write(console, restored.Contents, bytes);
            console.WriteLine($"Restored to {restored.Folder}{(restored.Aside is null ? "" : $"; the former state is in {restored.Aside}")}.");
            console.WriteLine("Start the agent: it compares its orders with the venue's, and every portfolio stays halted until you resume it.");
        });
        return ExitCodes.Ok;
    }
}
