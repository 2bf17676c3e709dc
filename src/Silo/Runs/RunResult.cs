using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Runs;

/// <summary>How the run ended: the process's exit code and, if it failed, why.</summary>
internal sealed class RunResult
{
    public int ExitCode { get; private set; } = ExitCodes.Ok;

    public string? Error { get; private set; }

    public void Fail(string error)
    {
        ExitCode = ExitCodes.Failed;
        Error ??= error;
    }
}
