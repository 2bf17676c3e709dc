using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Strategies;
using BtcAgent.Strategies.Compilers;
using BtcAgent.Strategies.Sources;
using Spectre.Console;

namespace BtcAgent.Cli.Strategies;

/// <summary>Compiles one strategy and runs every check that the agent runs at start.</summary>
internal sealed class StrategyCheckCommand : CliCommand
{
    private readonly Argument<string> _source = new("source") { Description = "a .cs file, or a folder of one strategy's files" };

    public StrategyCheckCommand()
        : base(
            "check",
            "Compiles a strategy; checks its calls, that it decides the same again, and that it saves all its state.",
            "btcagent strategy check strategies/BollingerReversal.cs") => Arguments.Add(_source);

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var compiled = StrategyCompiler.Compile(StrategySource.Read(arguments.GetValue(_source)!));
        var strategy = ListedStrategy.Of(compiled.Definition);
        var liveName = $"{strategy.Name}@{strategy.SourceHash![..StrategyDefinition.SourceDigits]}";
        output.Result(new CheckedStrategy(strategy, liveName, compiled.Warnings), console =>
        {
            StrategyTable.Write(console, [strategy]);
            foreach (var warning in compiled.Warnings)
            {
                console.WriteLine($"  warning {warning}");
            }

            console.WriteLine($"  compiles, decides the same again and after a restart; in Agent:LiveStrategies: {liveName}");
        });
        return ExitCodes.Ok;
    }
}
