namespace BtcAgent.Silo.Settings;

/// <summary>Exit codes of the process.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The run failed: a failed feed, or a store that is not writable.</summary>
    public const int Failed = 1;

    /// <summary>Invalid option or value; nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>The machine is not ready: port in use, data folder not writable.</summary>
    public const int Environment = 3;
}
