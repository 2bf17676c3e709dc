using System.CommandLine;
using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Agents;

/// <summary>Names an agent by its own command line, for commands that work on its settings and files instead of calling it.</summary>
internal sealed class AgentCommandLine
{
    private readonly Argument<string[]> _arguments = new("agent-arguments")
    {
        Description = "the agent's own command line, after --, such as -- --venue binance-live --data live",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _folder = new("--agent-folder")
    {
        Description = "folder of the agent's appsettings.json; default this program's",
        HelpName = "DIR",
    };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_arguments);
        command.Options.Add(_folder);
    }

    /// <returns>The arguments, and the folder of the settings; null for this program's.</returns>
    /// <exception cref="UsageException">The folder does not exist.</exception>
    public (string[] Arguments, string? Folder) Read(ParseResult given) =>
        given.GetValue(_folder) is { } folder && !Directory.Exists(folder)
            ? throw new UsageException($"--agent-folder: there is no folder '{folder}'")
            : (given.GetValue(_arguments) ?? [], given.GetValue(_folder));
}
