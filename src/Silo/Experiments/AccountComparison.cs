using System.Collections.Immutable;
using BtcAgent.Domain.Experiments;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Silo.Experiments;

/// <summary>
/// Days of a challenger and its champion over all instruments of a strategy. A day counts if both have it complete on each
/// instrument; each instrument has the same weight.
/// </summary>
internal static class AccountComparison
{
    /// <param name="accounts">Virtual accounts of each instrument.</param>
    /// <param name="champion">Id of the champion, or name of its rule.</param>
    /// <param name="challenger">Id of the challenger.</param>
    /// <param name="after">Days up to this one are known; null for none.</param>
    /// <param name="redGates">Reasons that forbid the next stage.</param>
    public static ImmutableArray<ExperimentDay> Days(
        IReadOnlyList<ImmutableArray<VirtualAccountSummary>> accounts, string champion, string challenger, DateOnly? after, ImmutableArray<string> redGates)
    {
        var pairs = Pairs(accounts, champion, challenger);
        if (pairs.Count == 0 || pairs.Count < accounts.Count)
        {
            return [];
        }

        var days = pairs.Select(pair => pair.Challenger.Days.Select(d => d.Day).Intersect(pair.Champion.Days.Select(d => d.Day)).ToHashSet())
            .Aggregate((all, one) => [.. all.Intersect(one)]);
        return
        [
            .. days.Where(day => after is null || day > after).Order().Select(day =>
            {
                VirtualDay[] led = [.. pairs.Select(pair => pair.Champion.Days.First(d => d.Day == day))];
                VirtualDay[] tried = [.. pairs.Select(pair => pair.Challenger.Days.First(d => d.Day == day))];
                return new ExperimentDay(
                    day, tried.Max(d => d.Until), led.Average(d => d.Pnl), tried.Average(d => d.Pnl), tried.Sum(d => d.Fills), Health(tried, redGates));
            }),
        ];
    }

    /// <summary>
    /// The experiment's condition on the current day; null before the challenger's first sample. The profit of a canary without a
    /// portfolio is the share of the risk budget that it would have of its account's profit since the day after it became one.
    /// </summary>
    public static (StageHealth Health, Timestamp At)? Now(
        IReadOnlyList<ImmutableArray<VirtualAccountSummary>> accounts, Experiment experiment, ImmutableArray<string> redGates, CanaryFigures? canary = null)
    {
        VirtualAccountSummary[] tried = [.. accounts.Select(one => one.FirstOrDefault(a => a.ModelId == experiment.Challenger)).OfType<VirtualAccountSummary>()];
        VirtualDay[] today = [.. tried.Select(account => account.Today).OfType<VirtualDay>()];
        if (today.Length == 0)
        {
            return null;
        }

        var health = Health(today, redGates);
        if (canary is not null)
        {
            health = health with { CanaryPnl = canary.Pnl, CanaryPortfolio = canary.Portfolio, CanaryStop = canary.Stop };
        }
        else if (experiment is { Stage: ExperimentStage.Canary, Moves: [.., { } became] })
        {
            var since = DateOnly.FromDateTime(became.At.ToDateTimeOffset().UtcDateTime);
            var profit = tried.Average(account => account.Days.Append(account.Today!).Where(day => day.Day > since).Sum(day => day.Pnl));
            health = health with { CanaryPnl = experiment.Plan.CanaryShare * profit };
        }

        return (health, today.Max(d => d.Until));
    }

    private static List<(VirtualAccountSummary Champion, VirtualAccountSummary Challenger)> Pairs(
        IReadOnlyList<ImmutableArray<VirtualAccountSummary>> accounts, string champion, string challenger)
    {
        var pairs = new List<(VirtualAccountSummary, VirtualAccountSummary)>();
        foreach (var one in accounts)
        {
            if (one.FirstOrDefault(a => a.ModelId == champion) is { } led && one.FirstOrDefault(a => a.ModelId == challenger) is { } tried)
            {
                pairs.Add((led, tried));
            }
        }

        return pairs;
    }

    private static StageHealth Health(VirtualDay[] days, ImmutableArray<string> redGates)
    {
        double? spread = days.Any(d => d.ScoreMax is not null) ? days.Max(d => d.ScoreMax - d.ScoreMin ?? 0) : null;
        return StageHealth.Green with
        {
            Samples = days.Sum(d => d.Samples),
            Failures = days.Sum(d => d.Failures),
            ScoreSpread = spread,
            RedGates = redGates,
        };
    }
}
