using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Storage.Backups;
using Spectre.Console;

namespace BtcAgent.Cli.Backups;

/// <summary>Reads a whole backup and checks everything in it.</summary>
internal sealed class BackupVerifyCommand : BackupCommand
{
    private readonly Argument<string?> _name = new("name") { Description = "name of the backup; default the newest", Arity = ArgumentArity.ZeroOrOne };

    public BackupVerifyCommand()
        : base("verify", "Reads a whole backup, checks every hash, opens its databases and says what they contain.", "btcagent backup verify --data data") =>
        Arguments.Add(_name);

    protected override async Task<int> RunAsync(BackupArchive archive, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var (name, bytes) = await BackupChoice.OfAsync(archive, arguments.GetValue(_name), cancellationToken);
        var contents = await archive.VerifyAsync(name, cancellationToken);
        output.Result(ShownBackup.Of(contents, bytes, archive.Place), console =>
        {
            BackupTable.Write(console, contents, bytes);
            console.WriteLine("Every hash is right, the databases are intact, and state and journal belong together.");
        });
        return ExitCodes.Ok;
    }
}
