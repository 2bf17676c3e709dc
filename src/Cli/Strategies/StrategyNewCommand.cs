using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Strategies;
using BtcAgent.Strategies.Compilers;
using BtcAgent.Strategies.Sources;
using Spectre.Console;

namespace BtcAgent.Cli.Strategies;

/// <summary>Writes a strategy that compiles, for its author to change.</summary>
internal sealed class StrategyNewCommand : CliCommand
{
    private readonly Argument<string> _name = new("name") { Description = "name of the strategy, such as bollinger-reversal" };

    private readonly Option<string> _folder = new("--dir") { Description = "folder to write to", DefaultValueFactory = _ => "strategies" };

    public StrategyNewCommand()
        : base("new", "Writes a commented strategy in C# that compiles and can be backtested.", "btcagent strategy new bollinger-reversal")
    {
        Arguments.Add(_name);
        Options.Add(_folder);
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var files = StrategyTemplate.Write(
            arguments.GetValue(_name)!, arguments.GetValue(_folder)!, StrategyCompiler.Usings, typeof(Strategy).Assembly.Location);
        var compiled = StrategyCompiler.Compile(StrategySource.Read(files[0]));
        output.Result(
            new NewStrategy(compiled.Definition.Name, files),
            console => console.WriteLine(
                $"{string.Join(", ", files)}: strategy '{compiled.Definition.Name}'. Edit it, then: btcagent strategy check {files[0]}"));
        return ExitCodes.Ok;
    }
}
