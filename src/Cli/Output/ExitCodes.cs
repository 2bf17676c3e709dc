namespace BtcAgent.Cli.Output;

/// <summary>Exit codes of the commands.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The command failed: unreadable input, refused model, failed check, refused by the agent.</summary>
    public const int Failed = 1;

    /// <summary>Invalid option or value; nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>
    /// The machine is not ready (a native library is missing, or a folder is not writable), or the agent cannot be reached.
    /// </summary>
    public const int Environment = 3;

    /// <summary>The agent refused the key, or the key does not allow this.</summary>
    public const int NotAllowed = 4;

    /// <summary>Stopped by Ctrl-C; no half-written file remains.</summary>
    public const int Interrupted = 130;
}
