namespace BtcAgent.Cli.Output;

/// <summary>What a command tells its caller.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The command could not do its work: unreadable input, refused model, failed check.</summary>
    public const int Failed = 1;

    /// <summary>Wrong option or value; nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>The machine is not ready: a native library is missing, a folder cannot be written.</summary>
    public const int Environment = 3;

    /// <summary>Stopped by Ctrl-C; no half-written file is left.</summary>
    public const int Interrupted = 130;
}
