using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Storage.Backups;
using Spectre.Console;

namespace BtcAgent.Cli.Backups;

/// <summary>Backs up a data folder, also while an agent uses it.</summary>
internal sealed class BackupCreateCommand : BackupCommand
{
    private readonly Option<int?> _keep = new("--keep") { Description = "afterwards delete all but the newest N backups of the store", HelpName = "N" };

    public BackupCreateCommand()
        : base("create", "Backs up the data folder as of one instant while the agent trades, and checks the result.", "btcagent backup create --data data --store s3://backups/agent-1 --endpoint https://minio:9000")
    {
        _keep.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < 1)
            {
                result.AddError("--keep must be at least 1");
            }
        });
        Options.Add(_keep);
    }

    protected override async Task<int> RunAsync(BackupArchive archive, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var created = await archive.CreateAsync(Store.DataOf(arguments), cancellationToken);
        if (arguments.GetValue(_keep) is { } keep)
        {
            await archive.TrimAsync(keep, TimeSpan.MaxValue, long.MaxValue, cancellationToken);
        }

        output.Result(ShownBackup.Of(created, archive.Place), console =>
        {
            BackupTable.Write(console, created.Contents, created.Bytes);
            console.WriteLine(FormattableString.Invariant($"In {archive.Place}, checked, in {created.Seconds:F1} s."));
        });
        if (!archive.Encrypts)
        {
            output.Remark($"btcagent: this backup is not encrypted: set {BackupKey.Variable} or --key-file to encrypt the next one");
        }

        return ExitCodes.Ok;
    }
}
