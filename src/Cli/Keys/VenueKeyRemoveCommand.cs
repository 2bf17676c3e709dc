using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Silo.Keys;

namespace BtcAgent.Cli.Keys;

/// <summary>Deletes the sealed key.</summary>
internal sealed class VenueKeyRemoveCommand : VenueKeyCommand
{
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "required: the file cannot be restored" };

    public VenueKeyRemoveCommand()
        : base("remove", "Deletes the sealed venue's key. Revoke it at the venue, too.", "btcagent keys venue remove --yes -- --venue binance-live --data live") =>
        Options.Add(_yes);

    protected override Task<int> RunAsync(VenueKeyFile key, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        if (!arguments.GetValue(_yes))
        {
            throw new UsageException($"'{key.Path}' cannot be restored once it is deleted: confirm it with --yes");
        }

        key.Remove();
        output.Answer(new { removed = key.Path }, text => text.WriteLine($"deleted {key.Path}: an agent that runs keeps the key until it stops"));
        return Task.FromResult(ExitCodes.Ok);
    }
}
