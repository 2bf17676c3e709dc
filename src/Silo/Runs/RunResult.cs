using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Runs;

/// <summary>The result of the run: exit code and, after a failure, the reason.</summary>
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
