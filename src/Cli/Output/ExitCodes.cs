namespace BtcAgent.Cli.Output;

/// <summary>Exit codes of the commands.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The command failed: unreadable input, refused model, failed check.</summary>
    public const int Failed = 1;

    /// <summary>Invalid option or value; nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>The machine is not ready: a native library is missing, or a folder is not writable.</summary>
    public const int Environment = 3;

    /// <summary>Stopped by Ctrl-C; no half-written file remains.</summary>
    public const int Interrupted = 130;
}
