namespace BtcAgent.Exchanges.Simulator.Matching;

internal enum LimitType : byte
{
    GoodTillCanceled,
    ImmediateOrCancel,

    /// <summary>Fills completely at once, or not at all.</summary>
    FillOrKill,

    /// <summary>Refused when it would take liquidity.</summary>
    MakerOnly,
}
