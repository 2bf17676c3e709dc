using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Alerts.Settings;
using BtcAgent.Domain.Alerts;
using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Alerts.Rules;

/// <summary>Judges the figures of the whole agent. Pure.</summary>
public static class AgentRules
{
    /// <summary>Signals below which a share of them means nothing.</summary>
    public const int DriftSamplesMin = 100;

    private const int ReasonsShown = 5;

    public static JudgedRules Judge(AlertFigures figures, AlertRuleOptions limits)
    {
        var found = ImmutableArray.CreateBuilder<AlertCondition>();
        var unknown = ImmutableArray.CreateBuilder<string>();
        Orders(figures, limits, found, unknown);
        Breakers(figures, limits, found, unknown);
        Feeds(figures, limits, found, unknown);
        Models(figures, limits, found, unknown);
        Starvation(figures, limits, found, unknown);
        Operation(figures, limits, found, unknown);
        return new JudgedRules(found.ToImmutable(), [.. unknown.Distinct()]);
    }

    private static void Orders(
        AlertFigures figures, AlertRuleOptions limits, ImmutableArray<AlertCondition>.Builder found, ImmutableArray<string>.Builder unknown)
    {
        foreach (var execution in figures.Executions)
        {
            var labels = new[] { ("portfolio", execution.Portfolio), ("instrument", execution.Instrument) };
            if (execution.Status is not { } status)
            {
                unknown.AddRange(AlertRules.OrderInDoubt.Name, AlertRules.ReconciliationHalted.Name);
                continue;
            }

            Doubt[] doubts = [.. status.Doubts.Where(doubt => doubt.IsOpen)];
            Doubt[] halting = [.. doubts.Where(doubt => doubt.Action == DoubtAction.Halt)];
            if (doubts.Length > 0 || (status.IsLive && status.IsReconciling))
            {
                found.Add(AlertRules.OrderInDoubt.Condition(
                    AlertSeverity.Critical,
                    $"{execution.Portfolio} on {execution.Instrument}: orders are in doubt",
                    $"{status.Reason}. Open doubts: {(doubts.Length == 0 ? "none" : Words(doubts))}",
                    TimeSpan.FromSeconds(limits.OrderInDoubtSeconds),
                    labels));
            }

            if (status.StandsStill is not null || halting.Length > 0)
            {
                found.Add(AlertRules.ReconciliationHalted.Condition(
                    AlertSeverity.Critical,
                    $"{execution.Portfolio} on {execution.Instrument}: the reconciliation has halted",
                    status.StandsStill ?? Words(halting),
                    TimeSpan.FromSeconds(limits.ReconciliationHaltedSeconds),
                    labels));
            }
        }
    }

    private static void Breakers(
        AlertFigures figures, AlertRuleOptions limits, ImmutableArray<AlertCondition>.Builder found, ImmutableArray<string>.Builder unknown)
    {
        foreach (var portfolio in figures.Portfolios)
        {
            if (portfolio.Breaker is not { } breaker)
            {
                unknown.Add(AlertRules.BreakerTripped.Name);
            }
            else if (breaker.Mode != BreakerMode.Active || portfolio.Tripped.Length > 0)
            {
                var effect = breaker.Mode switch
                {
                    BreakerMode.Halted => "halted",
                    BreakerMode.Reducing => "only reduces positions",
                    _ => "opens no position",
                };
                var tripped = portfolio.Tripped.IsEmpty ? "" : $" (breakers on the agent's health: {string.Join(", ", portfolio.Tripped)})";
                found.Add(AlertRules.BreakerTripped.Condition(
                    breaker.Mode == BreakerMode.Halted ? AlertSeverity.Critical : AlertSeverity.Warning,
                    $"{portfolio.Portfolio}: {effect}",
                    $"{breaker.Reason}{tripped}",
                    TimeSpan.FromSeconds(limits.BreakerTrippedSeconds),
                    ("portfolio", portfolio.Portfolio)));
            }
        }
    }

    private static void Feeds(
        AlertFigures figures, AlertRuleOptions limits, ImmutableArray<AlertCondition>.Builder found, ImmutableArray<string>.Builder unknown)
    {
        foreach (var feed in figures.Feeds)
        {
            if (feed.IsConnected is not { } isConnected)
            {
                unknown.AddRange(AlertRules.FeedDead.Name, AlertRules.DataStale.Name);
            }
            else if (!isConnected)
            {
                found.Add(AlertRules.FeedDead.Condition(
                    AlertSeverity.Critical,
                    $"{feed.Instrument}: no market data",
                    Text($"The feed is not connected; its last data are {feed.AgeSeconds:F0} s old."),
                    TimeSpan.FromSeconds(limits.FeedDeadSeconds),
                    ("instrument", feed.Instrument)));
            }
            else if (feed.AgeSeconds > limits.DataStaleSeconds)
            {
                found.Add(AlertRules.DataStale.Condition(
                    AlertSeverity.Warning,
                    $"{feed.Instrument}: market data are stale",
                    Text($"The last data are {feed.AgeSeconds:F0} s old; {limits.DataStaleSeconds} s are allowed."),
                    TimeSpan.Zero,
                    ("instrument", feed.Instrument)));
            }
        }
    }

    private static void Models(
        AlertFigures figures, AlertRuleOptions limits, ImmutableArray<AlertCondition>.Builder found, ImmutableArray<string>.Builder unknown)
    {
        if (figures.Models is not { } models)
        {
            unknown.Add(AlertRules.ModelTooOld.Name);
        }
        else
        {
            foreach (var model in models.Where(model => model.Stage == ModelStage.Champion && model.Description.TrainedTo.IsKnown))
            {
                var age = figures.At - model.Description.TrainedTo.ToDateTimeOffset();
                if (age > TimeSpan.FromDays(limits.ModelTooOldDays))
                {
                    found.Add(AlertRules.ModelTooOld.Condition(
                        AlertSeverity.Warning,
                        $"{model.Strategy}: model {model.Id} is old",
                        Text($"Its newest training data are {age.TotalDays:F0} days old; {limits.ModelTooOldDays} days are allowed."),
                        TimeSpan.Zero,
                        ("strategy", model.Strategy),
                        ("model", model.Id)));
                }
            }
        }

        if (figures.FailedTrainings is null)
        {
            unknown.Add(AlertRules.TrainingFailed.Name);
        }

        foreach (var (strategy, reason) in figures.FailedTrainings ?? ImmutableSortedDictionary<string, string>.Empty)
        {
            found.Add(AlertRules.TrainingFailed.Condition(
                AlertSeverity.Warning, $"{strategy}: the last training failed", reason, TimeSpan.Zero, ("strategy", strategy)));
        }

        foreach (var strategy in figures.Strategies)
        {
            if (strategy.ModelId is null)
            {
                unknown.Add(AlertRules.ModelDrift.Name);
            }
            else if (strategy.Samples >= DriftSamplesMin && 100.0 * strategy.OutOfRange / strategy.Samples > limits.ModelDriftPercent)
            {
                found.Add(AlertRules.ModelDrift.Condition(
                    AlertSeverity.Warning,
                    $"{strategy.Strategy} on {strategy.Instrument}: the market differs from the training of {strategy.ModelId}",
                    Text($"{strategy.OutOfRange} of the last {strategy.Samples} samples are outside its ranges; ")
                    + Text($"{limits.ModelDriftPercent} % are allowed."),
                    TimeSpan.Zero,
                    ("strategy", strategy.Strategy),
                    ("instrument", strategy.Instrument)));
            }
        }
    }

    private static void Starvation(
        AlertFigures figures, AlertRuleOptions limits, ImmutableArray<AlertCondition>.Builder found, ImmutableArray<string>.Builder unknown)
    {
        var allowed = TimeSpan.FromHours(limits.DecisionStarvationHours);
        foreach (var portfolio in figures.Portfolios.Where(portfolio => !portfolio.IsOfCanaries))
        {
            if (portfolio.Trades is not { } trades)
            {
                unknown.Add(AlertRules.DecisionStarvation.Name);
            }
            else if (trades.LastAt is null || figures.At - trades.LastAt > allowed)
            {
                // Without any known trade the hours count from the first look, also over restarts.
                found.Add(AlertRules.DecisionStarvation.Condition(
                    AlertSeverity.Warning,
                    Text($"{portfolio.Portfolio}: no trade for {limits.DecisionStarvationHours} h"),
                    Text($"Last trade: {(trades.LastAt is { } at ? $"{at:yyyy-MM-dd HH:mm} UTC" : "none known")}. {Why(trades)}"),
                    trades.LastAt is null ? allowed : TimeSpan.Zero,
                    ("portfolio", portfolio.Portfolio)));
            }
        }
    }

    private static void Operation(
        AlertFigures figures, AlertRuleOptions limits, ImmutableArray<AlertCondition>.Builder found, ImmutableArray<string>.Builder unknown)
    {
        if (figures.SinkLagSeconds is not { } lag)
        {
            unknown.Add(AlertRules.SinkLag.Name);
        }
        else if (lag > limits.SinkLagSeconds)
        {
            found.Add(AlertRules.SinkLag.Condition(
                AlertSeverity.Warning, "facts or decisions are stored late",
                Text($"The oldest one that waits is {lag:F0} s old; {limits.SinkLagSeconds} s are allowed."), TimeSpan.Zero));
        }

        if (figures.AuditDamage is not { } damage)
        {
            unknown.Add(AlertRules.AuditDamaged.Name);
        }
        else if (damage.Length > 0)
        {
            found.Add(AlertRules.AuditDamaged.Condition(AlertSeverity.Critical, "the audit is damaged", damage, TimeSpan.Zero));
        }

        foreach (var (part, problem) in figures.Unanswered)
        {
            found.Add(AlertRules.AgentUnavailable.Condition(
                AlertSeverity.Critical,
                $"{part} does not answer",
                problem,
                TimeSpan.FromSeconds(limits.AgentUnavailableSeconds),
                ("part", part)));
        }

        foreach (var channel in figures.Channels.Where(channel =>
            figures.At - channel.FailingSince >= TimeSpan.FromMinutes(limits.ChannelBrokenMinutes)))
        {
            found.Add(AlertRules.ChannelBroken.Condition(
                AlertSeverity.Critical,
                $"alerts do not get through the channel '{channel.Name}'",
                Text($"{channel.Problem} (since {channel.FailingSince:yyyy-MM-dd HH:mm} UTC)"),
                TimeSpan.Zero,
                ("channel", channel.Name)));
        }

        switch (figures.IsArmedForRealMoney)
        {
            case null:
                unknown.Add(AlertRules.TradingArmed.Name);
                break;
            case true:
                found.Add(AlertRules.TradingArmed.Condition(
                    AlertSeverity.Info, "trading is armed", "The agent sends orders with real money.", TimeSpan.Zero));
                break;
        }

        if (figures.HasWatchdog)
        {
            found.Add(AlertRules.Watchdog.Condition(
                AlertSeverity.Info,
                "the rules are evaluated",
                "Fires always; a receiver raises the alarm when its pings stay away.",
                TimeSpan.Zero));
        }
    }

    private static string Why(TradeFigures trades)
    {
        var reasons = trades.Reasons
            .OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal)
            .Take(ReasonsShown).Select(reason => Text($"{reason.Key} {reason.Value}")).ToList();
        return reasons.Count == 0
            ? "There are no decisions."
            : Text($"Of the last {trades.Decisions} decisions: {string.Join(", ", reasons)}.");
    }

    private static string Words(IEnumerable<Doubt> doubts) => string.Join("; ", doubts.Select(doubt => $"{doubt.Kind}: {doubt.Words}"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
