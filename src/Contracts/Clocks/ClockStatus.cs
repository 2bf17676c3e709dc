namespace BtcAgent.Contracts.Clocks;

/// <summary>What this process's clock does, against the one that never steps.</summary>
/// <param name="WallAheadMs">By how much the machine's clock is ahead of the one that the agent goes by; negative when behind.</param>
/// <param name="Steps">Times that the machine's clock was set while the agent ran.</param>
/// <param name="LastStepMs">How far it was set the last time, positive forwards; 0 when never.</param>
/// <param name="LastStepAt">When, by the clock that the agent goes by; null when never.</param>
/// <param name="BehindStoreMs">By how much the clock was behind the last stored state when the agent started; 0 when it was not.</param>
public sealed record ClockStatus(double WallAheadMs, long Steps, double LastStepMs, DateTimeOffset? LastStepAt, double BehindStoreMs);
