using System.Collections.Immutable;
using BtcAgent.Alerts.Settings;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Rules;

/// <summary>All rules.</summary>
public static class AlertRules
{
    public static readonly AlertRule OrderInDoubt = new(
        nameof(OrderInDoubt), "orders disagree with the venue's records", nameof(AlertRuleOptions.OrderInDoubtSeconds));

    public static readonly AlertRule ReconciliationHalted = new(
        nameof(ReconciliationHalted),
        "the comparison with the venue has stopped and needs an operator",
        nameof(AlertRuleOptions.ReconciliationHaltedSeconds));

    public static readonly AlertRule BreakerTripped = new(
        nameof(BreakerTripped), "a breaker stops or reduces trading", nameof(AlertRuleOptions.BreakerTrippedSeconds));

    public static readonly AlertRule FeedDead = new(
        nameof(FeedDead), "no market data", nameof(AlertRuleOptions.FeedDeadSeconds));

    public static readonly AlertRule DataStale = new(
        nameof(DataStale), "the newest market data are old", nameof(AlertRuleOptions.DataStaleSeconds))
    {
        MutedBy = [nameof(FeedDead)],
    };

    public static readonly AlertRule ModelTooOld = new(
        nameof(ModelTooOld), "a model that trades was trained long ago", nameof(AlertRuleOptions.ModelTooOldDays));

    public static readonly AlertRule ModelDrift = new(
        nameof(ModelDrift), "the market differs from a model's training", nameof(AlertRuleOptions.ModelDriftPercent));

    public static readonly AlertRule TrainingFailed = new(nameof(TrainingFailed), "the last training of a strategy's model failed", null);

    public static readonly AlertRule SinkLag = new(
        nameof(SinkLag), "journal, facts or sinks are behind", nameof(AlertRuleOptions.SinkLagSeconds));

    public static readonly AlertRule BackupTooOld = new(
        nameof(BackupTooOld), "there is no recent backup", nameof(AlertRuleOptions.BackupTooOldHours));

    public static readonly AlertRule AuditDamaged = new(nameof(AuditDamaged), "entries of the audit are changed or missing", null);

    public static readonly AlertRule RepeatedLoginFailures = new(
        nameof(RepeatedLoginFailures), "somebody tries keys", nameof(AlertRuleOptions.RepeatedLoginFailuresCount));

    public static readonly AlertRule DecisionStarvation = new(
        nameof(DecisionStarvation), "a portfolio does not trade", nameof(AlertRuleOptions.DecisionStarvationHours))
    {
        MutedBy = [nameof(BreakerTripped), nameof(FeedDead), nameof(AgentUnavailable)],
    };

    public static readonly AlertRule AgentUnavailable = new(
        nameof(AgentUnavailable), "a part of the agent does not answer", nameof(AlertRuleOptions.AgentUnavailableSeconds));

    public static readonly AlertRule ChannelBroken = new(
        nameof(ChannelBroken), "alerts do not get through a channel", nameof(AlertRuleOptions.ChannelBrokenMinutes));

    public static readonly AlertRule AgentStarted = new(nameof(AgentStarted), "a process of the agent has started", null);

    public static readonly AlertRule AgentStopped = new(nameof(AgentStopped), "a process of the agent was stopped", null);

    public static readonly AlertRule TradingArmed = new(nameof(TradingArmed), "real orders are allowed", null);

    public static readonly AlertRule Watchdog = new(nameof(Watchdog), "always fires while the rules are evaluated", null);

    public static readonly ImmutableArray<AlertRule> All =
    [
        OrderInDoubt, ReconciliationHalted, BreakerTripped, FeedDead, DataStale, ModelTooOld, ModelDrift, TrainingFailed, SinkLag, BackupTooOld, AuditDamaged,
        RepeatedLoginFailures, DecisionStarvation, AgentUnavailable, ChannelBroken, AgentStarted, AgentStopped, TradingArmed, Watchdog,
    ];

    public static readonly ImmutableArray<string> Names = [.. All.Select(rule => rule.Name)];

    public static readonly ImmutableDictionary<string, ImmutableArray<string>> MutedBy =
        All.Where(rule => !rule.MutedBy.IsEmpty).ToImmutableDictionary(rule => rule.Name, rule => rule.MutedBy, StringComparer.Ordinal);

    /// <summary>Rules that are listed only, unless the settings say otherwise: the Watchdog has its own receiver.</summary>
    public static readonly ImmutableArray<string> Silent = [Watchdog.Name];

    /// <summary>Makes a condition of a rule; labels are pairs of name and value.</summary>
    public static AlertCondition Condition(
        this AlertRule rule,
        AlertSeverity severity,
        string summary,
        string detail,
        TimeSpan wait,
        params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var named = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in labels)
        {
            named[name] = value;
        }

        return new AlertCondition(rule.Name, severity, named.ToImmutable(), summary, detail, wait);
    }
}
