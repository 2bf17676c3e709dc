using BtcAgent.Cli.Output;
using BtcAgent.Silo.Keys;

namespace BtcAgent.Cli.Keys;

/// <summary>Shows what is known of the sealed key, and that it opens.</summary>
internal sealed class VenueKeyShowCommand() : VenueKeyCommand(
    "show",
    "Opens the venue's key as the agent would, and shows all of it but the key.",
    "btcagent keys venue show -- --venue binance-live --data live")
{
    protected override async Task<int> RunAsync(
        VenueKeyFile key, System.CommandLine.ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        Write(output, await key.ShowAsync(cancellationToken), "The agent can open it.");
        return ExitCodes.Ok;
    }
}
