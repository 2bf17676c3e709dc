namespace BtcAgent.Cli.Output;

/// <summary>The agent cannot be reached, or refused; the message says what to do.</summary>
internal sealed class AgentException(string message, int exitCode = ExitCodes.Failed) : Exception(message)
{
    public int ExitCode => exitCode;
}
