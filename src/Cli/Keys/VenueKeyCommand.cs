using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Exchanges.Binance.Execution.Signing;
using BtcAgent.Silo.Keys;
using BtcAgent.Storage.Secrets;

namespace BtcAgent.Cli.Keys;

/// <summary>A command on the sealed venue's key of an agent, which is named by its own command line.</summary>
internal abstract class VenueKeyCommand : CliCommand
{
    private readonly Argument<string[]> _agent = new("agent-arguments")
    {
        Description = "the agent's own command line, after --, such as -- --venue binance-live --data live",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _folder = new("--agent-folder")
    {
        Description = "folder of the agent's appsettings.json; default this program's",
        HelpName = "DIR",
    };

    protected VenueKeyCommand(string name, string description, string example)
        : base(name, description, example)
    {
        Arguments.Add(_agent);
        Options.Add(_folder);
    }

    /// <returns>An exit code.</returns>
    protected abstract Task<int> RunAsync(VenueKeyFile key, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken);

    protected sealed override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_folder) is { } folder && !Directory.Exists(folder))
        {
            throw new UsageException($"--agent-folder: there is no folder '{folder}'");
        }

        try
        {
            var key = VenueKeyFile.Of(arguments.GetValue(_agent) ?? [], arguments.GetValue(_folder), TimeProvider.System);
            return RunAsync(key, arguments, output, cancellationToken).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is SecretException or BinanceCredentialsException)
        {
            output.Remark($"btcagent: {SafeText.Of(e.Message)}");
            return ExitCodes.Failed;
        }
    }

    protected static void Write(CommandOutput output, SealedVenueKey key, string remark) => output.Answer(key, text =>
    {
        var table = new TextTable("VENUE", "NAME", "ALGORITHM", "SEALED", "KEY-ENCRYPTION KEY", "FILE");
        table.Add(key.Venue, key.Name, key.Algorithm, Figures.Time(key.SealedAt), key.KeyId, key.File);
        foreach (var line in table.Lines(output.Width))
        {
            text.WriteLine(line);
        }

        text.WriteLine(remark);
    });
}
