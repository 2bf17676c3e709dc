using System.ComponentModel.DataAnnotations;

namespace BtcAgent.History.Live;

/// <summary>Live events for subscribers: section <c>History:Live</c>.</summary>
public sealed class LiveOptions
{
    public const string Section = "History:Live";

    /// <summary>Subscribers of this process at a time, 1…10,000. Default 1,000.</summary>
    [Range(1, 10_000)]
    public int SubscribersMax { get; set; } = 1_000;

    /// <summary>Events that may wait for a slow subscriber before its stream ends, 64…100,000. Default 4,096.</summary>
    [Range(64, 100_000)]
    public int QueueMax { get; set; } = 4_096;

    /// <summary>Time between two quotes of an instrument, in milliseconds, 50…5,000; only the last one is sent. Default 200.</summary>
    [Range(50, 5_000)]
    public int QuoteMs { get; set; } = 200;
}
