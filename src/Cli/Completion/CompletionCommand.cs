using System.CommandLine;
using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Completion;

/// <summary>Prints a shell completion script, which calls <c>btcagent</c> for suggestions.</summary>
internal sealed class CompletionCommand : Command
{
    private readonly Argument<string> _shell = new("shell") { Description = "bash, zsh, fish or pwsh" };

    public CompletionCommand()
        : base("completion", "Prints a completion script for a shell.\n\nExample:\n  source <(btcagent completion bash)")
    {
        _shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        Arguments.Add(_shell);
        SetAction(result =>
        {
            result.InvocationConfiguration.Output.Write(result.GetValue(_shell) switch
            {
                "zsh" => Zsh,
                "fish" => Fish,
                "pwsh" => PowerShell,
                _ => Bash,
            });
            return ExitCodes.Ok;
        });
    }

    private const string Bash = """
        _btcagent() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(btcagent "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _btcagent btcagent

        """;

    private const string Zsh = """
        #compdef btcagent
        _btcagent() {
          local -a found
          found=("${(@f)$(btcagent "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
          compadd -a found
          _files
        }
        compdef _btcagent btcagent

        """;

    private const string Fish = """
        complete -c btcagent -a '(btcagent "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'

        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName btcagent -ScriptBlock {
          param($word, $line, $cursor)
          btcagent "[suggest:$cursor]" "$line" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
          }
        }

        """;
}
