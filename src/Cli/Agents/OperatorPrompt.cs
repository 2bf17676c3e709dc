using System.CommandLine;

namespace BtcAgent.Cli.Agents;

/// <summary>An operator who can be asked, or nobody: a script.</summary>
/// <param name="answers">The operator's answers, a line each.</param>
/// <param name="questions">Where the questions are shown.</param>
/// <param name="isTerminal">False when nobody can answer.</param>
internal sealed class OperatorPrompt(TextReader answers, TextWriter questions, bool isTerminal)
{
    /// <summary>The process's terminal; a command whose messages go elsewhere has none.</summary>
    public static OperatorPrompt Of(InvocationConfiguration configuration) => new(
        Console.In,
        configuration.Error,
        ReferenceEquals(configuration.Error, Console.Error) && !Console.IsInputRedirected && !Console.IsErrorRedirected);

    public bool IsTerminal => isTerminal;

    /// <summary>Returns the answer without its spaces; empty when there is none.</summary>
    public string Ask(string question)
    {
        questions.Write($"{question} ");
        questions.Flush();
        return (answers.ReadLine() ?? "").Trim();
    }
}
