using System.CommandLine;
using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Agents;

/// <summary>A command that changes something: it has a reason, which the agent keeps, and may have to be confirmed.</summary>
internal abstract class OperatorCommand : AgentCommand
{
    /// <summary>Longest reason that an agent accepts, in characters.</summary>
    protected const int ReasonLengthMax = 200;

    private const int ReasonLengthMin = 3;

    private readonly Option<string?> _reason = new("--reason", "-r")
    {
        Description = $"why, {ReasonLengthMin} to {ReasonLengthMax} characters; the agent keeps it. Asked for on a terminal",
        HelpName = "TEXT",
    };

    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "do not ask for confirmation" };

    private readonly Func<InvocationConfiguration, OperatorPrompt> _prompt;
    private OperatorPrompt? _operator;
    private string? _given;

    /// <param name="name">Name of the command.</param>
    /// <param name="description">Description for the help.</param>
    /// <param name="example">Example for the help.</param>
    /// <param name="prompt">Finds the operator; null for the process's terminal.</param>
    protected OperatorCommand(string name, string description, string example, Func<InvocationConfiguration, OperatorPrompt>? prompt)
        : base(name, description, example)
    {
        _prompt = prompt ?? OperatorPrompt.Of;
        Options.Add(_reason);
        Options.Add(_yes);
    }

    /// <summary>The operator's reason.</summary>
    protected string Reason => _given ?? throw new InvalidOperationException("read before Prepare");

    protected override void Prepare(ParseResult arguments)
    {
        _operator = _prompt(arguments.InvocationConfiguration);
        _given = arguments.GetValue(_reason) ?? (_operator.IsTerminal ? _operator.Ask("Reason:") : null);
        if (_given?.Trim() is not { Length: >= ReasonLengthMin and <= ReasonLengthMax })
        {
            throw new UsageException($"--reason needs {ReasonLengthMin} to {ReasonLengthMax} characters: the agent keeps it with the command");
        }
    }

    /// <summary>Asks the operator to repeat a word, unless <c>--yes</c> was given.</summary>
    /// <param name="arguments">The command's arguments.</param>
    /// <param name="effect">The effect, in a sentence.</param>
    /// <param name="word">The word to type.</param>
    /// <exception cref="UsageException">Nobody can be asked.</exception>
    /// <exception cref="AgentException">The operator typed something else.</exception>
    protected void Confirm(ParseResult arguments, string effect, string word)
    {
        if (arguments.GetValue(_yes))
        {
            return;
        }

        if (_operator is not { IsTerminal: true })
        {
            throw new UsageException($"{effect} Without a terminal to ask on, confirm it with --yes");
        }

        if (!_operator.Ask($"{effect}\nType '{word}' to continue:").Equals(word, StringComparison.OrdinalIgnoreCase))
        {
            throw new AgentException("not confirmed: nothing was sent");
        }
    }
}
