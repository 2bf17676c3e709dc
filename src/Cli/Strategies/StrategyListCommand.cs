using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Strategies;

namespace BtcAgent.Cli.Strategies;

/// <summary>Lists the strategies of this program and of a folder.</summary>
internal sealed class StrategyListCommand : CliCommand
{
    private readonly Option<string?> _folder = new("--strategies") { Description = "folder of strategies in C#; default ./strategies where there is one" };

    public StrategyListCommand()
        : base("list", "Lists the strategies, built in and of a folder, with their parameters.", "btcagent strategy list") => Options.Add(_folder);

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var folder = arguments.GetValue(_folder) ?? (Directory.Exists("strategies") ? "strategies" : "");
        ListedStrategy[] strategies = [.. StrategyFolder.Catalog(folder).Definitions.Select(ListedStrategy.Of)];
        output.Result(new StrategyList(strategies), console => StrategyTable.Write(console, strategies));
        return ExitCodes.Ok;
    }
}
