namespace BtcAgent.Contracts.Clocks;

/// <summary>State of the machine's clock, compared with the agent's clock, which never steps.</summary>
/// <param name="WallAheadMs">How far the machine's clock is ahead of the agent's; negative when behind.</param>
/// <param name="Steps">How often the machine's clock was set while the agent ran.</param>
/// <param name="LastStepMs">How far it was set the last time, positive forwards; 0 when never.</param>
/// <param name="LastStepAt">When it was set the last time, by the agent's clock; null when never.</param>
/// <param name="BehindStoreMs">
/// How far the clock was behind the last stored state at the agent's start; 0 when it was not behind.
/// </param>
public sealed record ClockStatus(double WallAheadMs, long Steps, double LastStepMs, DateTimeOffset? LastStepAt, double BehindStoreMs);
