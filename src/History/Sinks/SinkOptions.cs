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
}
