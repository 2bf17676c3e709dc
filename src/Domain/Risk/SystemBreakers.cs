using System.Collections.Immutable;

namespace BtcAgent.Domain.Risk;

/// <summary>Which breakers on the agent's health are tripped. Pure: the state is the trips and their times.</summary>
internal static class SystemBreakers
{
    /// <summary>Lets go at this share of the limit, so that a figure that wavers around it does not make it flutter.</summary>
    private const decimal ReleaseAt = 0.8m;

    /// <summary>A condition without a figure, of limit 0, lets go as soon as it is over: it does not waver.</summary>
    /// <returns>The trips as they are now.</returns>
    public static ImmutableSortedDictionary<string, Timestamp> Watch(
        ImmutableSortedDictionary<string, Timestamp> trips, SystemHealth health, SystemLimits limits, TimeSpan coolOff, Timestamp now)
    {
        foreach (var (code, value, limit) in Figures(health, limits))
        {
            if (value is null || limit is null)
            {
                continue; // What is not known neither trips nor lets go.
            }

            if (value > limit && !trips.ContainsKey(code))
            {
                trips = trips.Add(code, now);
            }
            else if (trips.TryGetValue(code, out var since) && since > now)
            {
                trips = trips.SetItem(code, now); // The clock was set back: the cool-off runs from here.
            }
            else if (trips.TryGetValue(code, out since) && value <= limit * ReleaseAt && (now - since >= coolOff || limit == 0))
            {
                trips = trips.Remove(code);
            }
        }

        return trips;
    }

    private static IEnumerable<(string Code, decimal? Value, decimal? Limit)> Figures(SystemHealth health, SystemLimits limits) =>
    [
        ("FEED_STALENESS", health.FeedStalenessMs, limits.FeedStalenessMs),
        ("LATENCY_P99", health.LatencyP99Ms, limits.LatencyP99Ms),
        ("ERROR_RATE", health.ErrorRate, limits.ErrorRate),
        ("REJECT_RATE", health.RejectRate, limits.RejectRate),
        ("SLIPPAGE", health.SlippageBps, limits.SlippageBps),
        ("FILL_DELAY", health.FillDelayMs, limits.FillDelayMs),
        ("SINK_LAG", health.SinkLagSeconds, limits.SinkLagSeconds),
        (RiskCodes.NoDecisions, health.IntervalsWithoutDecision, limits.IntervalsWithoutDecision),
        (RiskCodes.StoreUnwritable, health.StoreProblem is null ? 0 : 1, 0),
        (RiskCodes.GrainUnavailable, health.Unavailable is null ? 0 : 1, 0),
    ];
}
