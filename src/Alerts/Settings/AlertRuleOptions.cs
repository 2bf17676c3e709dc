using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Alerts.Settings;

/// <summary>Thresholds of the rules: section <c>Alerts:Rules</c>.</summary>
public sealed class AlertRuleOptions
{
    /// <summary><c>OrderInDoubt</c>: seconds for which orders may be in doubt. Range 0…86,400, default 30.</summary>
    [Range(0, 86_400)]
    public int OrderInDoubtSeconds { get; set; } = 30;

    /// <summary><c>ReconciliationHalted</c>: seconds for which the reconciliation may be stopped. Range 0…86,400, default 0.</summary>
    [Range(0, 86_400)]
    public int ReconciliationHaltedSeconds { get; set; }

    /// <summary><c>BreakerTripped</c>: seconds for which a breaker may be tripped. Range 0…86,400, default 0.</summary>
    [Range(0, 86_400)]
    public int BreakerTrippedSeconds { get; set; }

    /// <summary><c>FeedDead</c>: seconds without a connection to the venue's market data. Range 1…86,400, default 30.</summary>
    [Range(1, 86_400)]
    public int FeedDeadSeconds { get; set; } = 30;

    /// <summary><c>DataStale</c>: seconds since the last event of a connected feed. Range 1…86,400, default 15.</summary>
    [Range(1, 86_400)]
    public int DataStaleSeconds { get; set; } = 15;

    /// <summary><c>ModelTooOld</c>: days since the newest training data of a champion. Range 1…3,650, default 90.</summary>
    [Range(1, 3_650)]
    public int ModelTooOldDays { get; set; } = 90;

    /// <summary>
    /// <c>ModelDrift</c>: percent of the last 500 samples whose features lie outside the ranges of training. Range 1…100, default 20.
    /// </summary>
    [Range(1, 100)]
    public int ModelDriftPercent { get; set; } = 20;

    /// <summary><c>SinkLag</c>: seconds by which journal, facts or a sink may be behind. Range 1…86,400, default 60.</summary>
    [Range(1, 86_400)]
    public int SinkLagSeconds { get; set; } = 60;

    /// <summary><c>BackupTooOld</c>: hours since the newest backup. Range 1…8,760, default 36.</summary>
    [Range(1, 8_760)]
    public int BackupTooOldHours { get; set; } = 36;

    /// <summary><c>RepeatedLoginFailures</c>: wrong keys within ten minutes. Range 1…100,000, default 20.</summary>
    [Range(1, 100_000)]
    public int RepeatedLoginFailuresCount { get; set; } = 20;

    /// <summary><c>DecisionStarvation</c>: hours without a trade of a portfolio. Range 1…8,760, default 24.</summary>
    [Range(1, 8_760)]
    public int DecisionStarvationHours { get; set; } = 24;

    /// <summary>
    /// <c>AgentUnavailable</c>: seconds for which a part of the agent may leave questions unanswered. Range 1…86,400, default 30.
    /// </summary>
    [Range(1, 86_400)]
    public int AgentUnavailableSeconds { get; set; } = 30;

    /// <summary><c>ChannelBroken</c>: minutes for which a channel may fail. Range 0…1,440, default 5.</summary>
    [Range(0, 1_440)]
    public int ChannelBrokenMinutes { get; set; } = 5;
}
