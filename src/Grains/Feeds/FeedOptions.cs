using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Grains.Feeds;

/// <summary>How feeds are leased and published: section <c>Feeds</c>.</summary>
public sealed class FeedOptions
{
    public const string Section = "Feeds";

    /// <summary>Seconds a silo keeps a feed without renewing; renewed at a third of it.</summary>
    [Range(1, 300)]
    public double LeaseSeconds { get; set; } = 5;

    /// <summary>Most events a replay publishes ahead of the feature grain.</summary>
    [Range(1, 100_000)]
    public int ReplayEventsAhead { get; set; } = 512;
}
