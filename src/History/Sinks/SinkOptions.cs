using System.ComponentModel.DataAnnotations;

namespace BtcAgent.History.Sinks;

/// <summary>How a sink is fed: section <c>History:Sinks</c>.</summary>
public sealed class SinkOptions
{
    public const string Section = "History:Sinks";

    /// <summary>Most facts in one write, 1…100,000. Default 2,000.</summary>
    [Range(1, 100_000)]
    public int BatchMax { get; set; } = 2000;

    /// <summary>Longest pause between attempts after failures, in seconds, 1…600. Default 30; the first is one second.</summary>
    [Range(1, 600)]
    public int RetrySecondsMax { get; set; } = 30;

    /// <summary>
    /// Pause of a sink that is up to date after it has seen a new fact, in milliseconds, 0…1,000: facts that follow shortly are
    /// then read and written together. Default 100.
    /// </summary>
    [Range(0, 1000)]
    public int GatherMs { get; set; } = 100;
}
