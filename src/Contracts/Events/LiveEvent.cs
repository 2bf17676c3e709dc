namespace BtcAgent.Contracts.Events;

/// <summary>One event for a subscriber.</summary>
/// <param name="Topic">Name of its topic, or one of the constants here.</param>
/// <param name="Json">The event as a JSON object: a row of the same data set in <c>/api/v1/history</c>. Shared: never change it.</param>
/// <param name="Position">
/// Where to resume after this event: the subscriber then has everything up to it. Null for quotes, which are not resumed, and for heartbeats.
/// </param>
public readonly record struct LiveEvent(string Topic, ReadOnlyMemory<byte> Json, string? Position)
{
    /// <summary>Nothing has happened for a while, and the stream works.</summary>
    public const string Heartbeat = "heartbeat";

    /// <summary>Events after the position asked for are no longer kept; the reason is in the JSON object.</summary>
    public const string Gap = "gap";

    /// <summary>The subscriber was too slow, and the stream ends: resume after the last position.</summary>
    public const string Overrun = "overrun";
}
