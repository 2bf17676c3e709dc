using System.Collections.Immutable;
using System.Globalization;

namespace BtcAgent.Domain.Risk;

/// <summary>
/// Determines which breakers on the agent's health are tripped. The only state is the trips and their times.
/// </summary>
internal static class SystemBreakers
{
    /// <summary>
    /// Hysteresis: releases at this fraction of the limit, so that a value near the limit does not flap the breaker.
    /// </summary>
    private const decimal ReleaseAt = 0.8m;

    /// <summary>
    /// Updates the trips. A condition without a figure has limit 0 and releases as soon as it ends: it needs no hysteresis.
    /// </summary>
    /// <returns>The current trips.</returns>
    public static ImmutableSortedDictionary<string, Timestamp> Watch(
        ImmutableSortedDictionary<string, Timestamp> trips, SystemHealth health, SystemLimits limits, TimeSpan coolOff, Timestamp now)
    {
        foreach (var figure in Figures(health, limits))
        {
            if (figure.Limit is not { } limit)
            {
                continue;
            }

            if (figure.Value > limit && !trips.ContainsKey(figure.Code))
            {
                trips = trips.Add(figure.Code, now);
            }
            else if (trips.TryGetValue(figure.Code, out var since) && since > now)
            {
                trips = trips.SetItem(figure.Code, now); // The clock was set back: the cool-off runs from here.
            }
            else if (trips.TryGetValue(figure.Code, out since) && figure.Releases(limit) && (now - since >= coolOff || limit == 0))
            {
                trips = trips.Remove(figure.Code);
            }
        }

        return trips;
    }

    /// <summary>Describes the tripped breakers, with the figures that are over their limits now.</summary>
    public static string Describe(ImmutableSortedDictionary<string, Timestamp> trips, SystemHealth health, SystemLimits limits) => string.Join(
        ", ",
        Figures(health, limits).Where(figure => trips.ContainsKey(figure.Code)).Select(figure => figure.Words is { } words ? $"{figure.Code} ({words})"
            : figure.Value > figure.Limit ? string.Create(CultureInfo.InvariantCulture, $"{figure.Code} ({figure.Detail}{figure.Value:0.###} over {figure.Limit:0.###})")
            : figure.Code));

    private static IEnumerable<Figure> Figures(SystemHealth health, SystemLimits limits) =>
    [
        new("FEED_STALENESS", health.FeedStalenessMs, limits.FeedStalenessMs),

        // While orders are refused nothing new is measured on them: what tripped these leaves its window, and they become
        // null.
        new("LATENCY_P99", health.LatencyP99Ms, limits.LatencyP99Ms, NullReleases: true, Detail: $"{health.LatencyStage} "),
        new("ERROR_RATE", health.ErrorRate, limits.ErrorRate, NullReleases: true),
        new("REJECT_RATE", health.RejectRate, limits.RejectRate, NullReleases: true),
        new("SLIPPAGE", health.SlippageBps, limits.SlippageBps, NullReleases: true),
        new("FILL_DELAY", health.FillDelayMs, limits.FillDelayMs, NullReleases: true),
        new("SINK_LAG", health.SinkLagSeconds, limits.SinkLagSeconds),
        new(SystemCodes.NoDecisions, health.IntervalsWithoutDecision, limits.IntervalsWithoutDecision)
        {
            Words = string.Create(CultureInfo.InvariantCulture, $"none for {health.IntervalsWithoutDecision:0} sampling intervals"),
        },
        new(SystemCodes.StoreUnwritable, health.StoreProblem is null ? 0 : 1, 0) { Words = health.StoreProblem },
        new(SystemCodes.GrainUnavailable, health.Unavailable is null ? 0 : 1, 0) { Words = health.Unavailable },
    ];

    /// <param name="Code">Code of the breaker.</param>
    /// <param name="Value">Null when unknown.</param>
    /// <param name="Limit">Null switches the breaker off.</param>
    /// <param name="NullReleases">Whether an unknown value ends a trip after the cool-off.</param>
    /// <param name="Detail">Text before the value.</param>
    private sealed record Figure(string Code, decimal? Value, decimal? Limit, bool NullReleases = false, string Detail = "")
    {
        /// <summary>Text in place of value and limit; null for none.</summary>
        public string? Words { get; init; }

        public bool Releases(decimal limit) => Value is null ? NullReleases : Value <= limit * ReleaseAt;
    }
}
