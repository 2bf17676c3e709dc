using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Exchanges.Binance.Execution.Signing;
using BtcAgent.Silo.Keys;
using BtcAgent.Storage.Secrets;

namespace BtcAgent.Cli.Keys;

/// <summary>A command on the sealed venue's key of an agent, which is named by its own command line.</summary>
internal abstract class VenueKeyCommand : CliCommand
{
    private readonly AgentCommandLine _agent = new();

    protected VenueKeyCommand(string name, string description, string example)
        : base(name, description, example) => _agent.AddTo(this);

    /// <returns>An exit code.</returns>
    protected abstract Task<int> RunAsync(VenueKeyFile key, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken);

    protected sealed override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var (agent, folder) = _agent.Read(arguments);
        try
        {
            var key = VenueKeyFile.Of(agent, folder, TimeProvider.System);
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
