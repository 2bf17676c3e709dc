namespace BtcAgent.Cli.Output;

/// <summary>A decision cannot be replayed; the message gives the reason and the remedy.</summary>
internal sealed class ReplayException(string message, int exitCode = ExitCodes.Failed) : Exception(message)
{
    public int ExitCode => exitCode;
}
