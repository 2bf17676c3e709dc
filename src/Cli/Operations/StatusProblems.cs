using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Contracts.Feeds;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Cli.Operations;

/// <summary>Finds in a status what an operator should look at: what it is, and what to do.</summary>
internal static class StatusProblems
{
    /// <summary>Age in milliseconds from which market data count as stopped; the agent's own limit is far below it.</summary>
    private const double FeedAgeMsMax = 5_000;

    /// <summary>Lag in seconds from which a sink counts as behind.</summary>
    private const double SinkLagSecondsMax = 300;

    /// <summary>How far the machine's clock may be from the agent's, in milliseconds.</summary>
    private const double ClockMsMax = 1_000;

    /// <returns>One sentence each, the most urgent first.</returns>
    public static IEnumerable<string> Of(AgentStatus status) =>
    [
        .. Store(status),
        .. status.Pending is { } pending ? [$"a halt is not finished: {pending}; the agent retries every second"] : Array.Empty<string>(),
        .. status.Feeds.SelectMany(feed => Feed(feed.Key, feed.Value)),
        .. status.Breakers.Where(breaker => breaker.Value.Mode != BreakerMode.Active).Select(breaker => Breaker(breaker.Key, breaker.Value, status)),
        .. status.IsArmed ? [] : new[] { "trading is disarmed: no orders to the venue until 'btcagent arm'" },
        .. Records(status),
    ];

    private static IEnumerable<string> Store(AgentStatus status) =>
        status.StoreProblem is { } problem ? [$"the store does not work: {problem}"] : [];

    private static string Breaker(string portfolio, BreakerState state, AgentStatus status)
    {
        var tripped = status.Tripped?.GetValueOrDefault(portfolio) is { IsDefaultOrEmpty: false } codes ? $" ({string.Join(", ", codes)})" : "";
        var since = state.Since.IsKnown ? $" since {Figures.Time(state.Since)}" : "";
        return state.Mode == BreakerMode.Halted
            ? $"{portfolio} is halted{since}{tripped}: {state.Reason}; 'btcagent resume --portfolio {portfolio}' trades again"
            : $"{portfolio} only reduces positions{since}{tripped}: {state.Reason}";
    }

    private static IEnumerable<string> Feed(string instrument, FeedHealth health)
    {
        if (!health.IsConnected)
        {
            yield return $"{instrument}: no market data, the feed is not connected";
        }
        else if (health.AgeMs > FeedAgeMsMax)
        {
            yield return $"{instrument}: no market data for {Figures.Milliseconds(health.AgeMs)}";
        }
    }

    /// <summary>Problems that do not stop trading.</summary>
    private static IEnumerable<string> Records(AgentStatus status)
    {
        if (status.Journal?.Problem is { } unwritable)
        {
            yield return $"journal: {unwritable}";
        }

        if (status.History?.Log is { } log && (log.Problem is not null || log.Dropped > 0))
        {
            yield return $"log of facts: {log.Problem ?? $"{Figures.Count(log.Dropped)} facts lost since the start"}";
        }

        foreach (var sink in status.History?.Sinks ?? [])
        {
            if (sink.Problem is { } problem)
            {
                yield return $"sink {sink.Name}: {problem}";
            }
            else if (sink.LagSeconds > SinkLagSecondsMax)
            {
                yield return $"sink {sink.Name} is {Figures.Duration(TimeSpan.FromSeconds(sink.LagSeconds))} behind";
            }
        }

        if (status.Backup?.Problem is { } failed)
        {
            yield return $"backup: {failed}";
        }

        if (status.Clock is { } clock && Math.Abs(clock.WallAheadMs) > ClockMsMax)
        {
            yield return $"the machine's clock is {Figures.Milliseconds(Math.Abs(clock.WallAheadMs))} "
                + $"{(clock.WallAheadMs > 0 ? "ahead of" : "behind")} the agent's: set it with NTP and restart the agent";
        }
    }
}
