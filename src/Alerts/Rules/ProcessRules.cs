using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Alerts.Settings;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Rules;

/// <summary>Judges the figures of one process. Pure.</summary>
public static class ProcessRules
{
    public static JudgedRules Judge(ProcessFigures figures, AlertRuleOptions limits)
    {
        var found = ImmutableArray.CreateBuilder<AlertCondition>();
        if (figures.WrongKeys >= limits.RepeatedLoginFailuresCount)
        {
            found.Add(AlertRules.RepeatedLoginFailures.Condition(
                AlertSeverity.Warning,
                "wrong keys at the gateway",
                Text($"{figures.WrongKeys} wrong keys within ten minutes at {figures.Node}; the log has the addresses."),
                TimeSpan.Zero,
                ("node", figures.Node)));
        }

        // Without any backup the age counts from the start of the process.
        var age = figures.At - (figures.NewestBackup ?? figures.StartedAt);
        if (figures.MakesBackups && age > TimeSpan.FromHours(limits.BackupTooOldHours))
        {
            var newest = figures.NewestBackup is { } at ? Text($"{at:yyyy-MM-dd HH:mm} UTC") : "none";
            found.Add(AlertRules.BackupTooOld.Condition(
                AlertSeverity.Warning,
                Text($"no backup for {age.TotalHours:F0} h"),
                Text($"Newest: {newest}; {limits.BackupTooOldHours} h are allowed. {figures.BackupProblem}"),
                TimeSpan.Zero,
                ("node", figures.Node)));
        }

        return new JudgedRules(found.ToImmutable(), []);
    }

    public static AlertCondition Started(string node, string version, string mode) => AlertRules.AgentStarted.Condition(
        AlertSeverity.Info, $"{node} has started", $"Version {version}, mode {mode}.", TimeSpan.Zero, ("node", node));

    public static AlertCondition Stopped(string node) => AlertRules.AgentStopped.Condition(
        AlertSeverity.Info, $"{node} was stopped", "It was stopped in order; a crash sends nothing.", TimeSpan.Zero, ("node", node));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
