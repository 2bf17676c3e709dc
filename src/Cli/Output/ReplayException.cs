namespace BtcAgent.Cli.Output;

/// <summary>Why a decision cannot be made again; the message says how to mend it.</summary>
internal sealed class ReplayException(string message, int exitCode = ExitCodes.Failed) : Exception(message)
{
    public int ExitCode => exitCode;
}
