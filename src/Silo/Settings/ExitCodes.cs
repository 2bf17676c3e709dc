namespace BtcAgent.Silo.Settings;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The run failed: a feed that cannot go on, a store that cannot be written.</summary>
    public const int Failed = 1;

    /// <summary>Wrong option or value; nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>The machine is not ready: port in use, data folder not writable.</summary>
    public const int Environment = 3;
}
