using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Storage.Backups;
using BtcAgent.Storage.Embedded;
using BtcAgent.Storage.Objects;

namespace BtcAgent.Cli.Backups;

/// <summary>A command on the backups of a store.</summary>
internal abstract class BackupCommand : CliCommand
{
    protected BackupCommand(string name, string description, string example)
        : base(name, description, example) => Store.AddTo(this);

    protected BackupStoreOptions Store { get; } = new();

    protected abstract Task<int> RunAsync(BackupArchive archive, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken);

    protected sealed override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        try
        {
            using var store = Store.Open(arguments);
            return RunAsync(Store.Archive(store, arguments), arguments, output, cancellationToken).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is BackupException or ObjectStoreException or EmbeddedStoreException)
        {
            output.Remark($"btcagent: {error.Message}");
            return error is BackupException { Fault: BackupFault.Damaged or BackupFault.Newer or BackupFault.Key or BackupFault.FolderInUse }
                ? ExitCodes.Failed : ExitCodes.Environment;
        }
    }
}
