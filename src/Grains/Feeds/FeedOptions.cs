using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Grains.Feeds;

/// <summary>How feeds are leased and published: section <c>Feeds</c>.</summary>
public sealed class FeedOptions
{
    public const string Section = "Feeds";

    /// <summary>False on silos of a cluster whose feeds run in processes of their own.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Processes that read the venue for each instrument at the same time, 1 or 2; the same for all processes of a cluster. Of
    /// two the first to bring an event counts, and one may end without a gap.
    /// </summary>
    [Range(1, 2)]
    public int Lines { get; set; } = 1;

    /// <summary>Seconds a process keeps a feed without renewing; renewed at a quarter of it. A silo that has died loses it at once.</summary>
    [Range(1.0, 300.0)]
    public double LeaseSeconds { get; set; } = 15;

    /// <summary>Seconds between requests for a lease that another one holds.</summary>
    [Range(0.05, 300)]
    public double RetrySeconds { get; set; } = 0.5;

    /// <summary>
    /// Seconds between two readings of the venue's trading rules, 1…3,600: its filters, whether it takes orders at all
    /// (TRADING, CANCEL_ONLY, HALT), and its reference price. Weight 22 of the venue's 6,000 a minute each.
    /// </summary>
    [Range(1.0, 3_600.0)]
    public double RulesSeconds { get; set; } = 15;

    /// <summary>Most events a replay publishes ahead of the feature grain.</summary>
    [Range(1, 100_000)]
    public int ReplayEventsAhead { get; set; } = 512;
}
