namespace BtcAgent.Silo.Secrets;

/// <summary>When the process hides its memory and environment from other processes of its user, and writes no core dump.</summary>
public enum MemoryGuard
{
    /// <summary>At a venue with keys: <c>binance-testnet</c> and <c>binance-live</c>.</summary>
    WithVenueKey,

    /// <summary>Always.</summary>
    Always,

    /// <summary>Never, such as to debug the agent.</summary>
    Never,
}
