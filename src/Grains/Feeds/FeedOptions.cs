using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Grains.Feeds;

/// <summary>Leases and publication of feeds. Section <c>Feeds</c>.</summary>
public sealed class FeedOptions
{
    public const string Section = "Feeds";

    /// <summary>False on silos of a cluster whose feeds run in separate processes. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Number of processes that read the venue for each instrument at the same time, 1 or 2. Default 1; the same for all
    /// processes of a cluster. Of two, the first to deliver an event counts, and one may end without a gap.
    /// </summary>
    [Range(1, 2)]
    public int Lines { get; set; } = 1;

    /// <summary>
    /// True injects the tallies of posts about bitcoin, if a source of posts runs, into the events of live instruments whose base asset is BTC. Default true.
    /// In a cluster that runs two versions, turn the source on when all silos are of this version: earlier ones refuse batches with such events.
    /// </summary>
    public bool Sentiment { get; set; } = true;

    /// <summary>
    /// True injects notices of economic releases, if a source of them runs, into the events of live instruments. Default true. As for <see cref="Sentiment"/>,
    /// turn the source on when all silos of a cluster are of this version.
    /// </summary>
    public bool Economy { get; set; } = true;

    /// <summary>
    /// Time that a process keeps a feed without renewing, in seconds. Default 15; renewed at a quarter of it. A silo that
    /// has died loses it at once.
    /// </summary>
    [Range(1.0, 300.0)]
    public double LeaseSeconds { get; set; } = 15;

    /// <inheritdoc cref="LeaseSeconds"/>
    public TimeSpan LeaseTime => TimeSpan.FromSeconds(LeaseSeconds);

    /// <summary>Time between requests for a lease that another process holds, in seconds. Default 0.5.</summary>
    [Range(0.05, 300)]
    public double RetrySeconds { get; set; } = 0.5;

    /// <inheritdoc cref="RetrySeconds"/>
    public TimeSpan RetryInterval => TimeSpan.FromSeconds(RetrySeconds);

    /// <summary>
    /// Time between readings of the venue's trading rules, in seconds, 1…3,600. Default 15. Reads the filters, the status
    /// (TRADING, CANCEL_ONLY, HALT) and the reference price, at a weight of 22 of the venue's 6,000 per minute.
    /// </summary>
    [Range(1.0, 3_600.0)]
    public double RulesSeconds { get; set; } = 15;

    /// <inheritdoc cref="RulesSeconds"/>
    public TimeSpan RulesInterval => TimeSpan.FromSeconds(RulesSeconds);

    /// <summary>Most events that a replay publishes ahead of the feature grain. Default 512.</summary>
    [Range(1, 100_000)]
    public int ReplayEventsAhead { get; set; } = 512;
}
