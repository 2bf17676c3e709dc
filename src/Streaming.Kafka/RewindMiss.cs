namespace BtcAgent.Streaming.Kafka;

/// <summary>
/// Lost offsets: delivery continues at <paramref name="OldestLeft"/>, and the consumer gets <paramref name="Reason"/>.
/// </summary>
internal sealed record RewindMiss(long OldestLeft, string Reason)
{
    public static RewindMiss Deleted(long asked, long oldestLeft) =>
        new(oldestLeft, $"the broker no longer has offsets {asked} to {oldestLeft - 1}");

    public static RewindMiss Recreated(long asked, long oldestLeft) =>
        new(oldestLeft, $"the topic was deleted and created again: offset {asked} belonged to the old one, the new one is read from {oldestLeft} on");

    public static RewindMiss BeyondEnd(long asked, long end) =>
        new(0, $"offset {asked} does not exist, the topic ends at {end}: it was deleted and created again, or lost its newest messages; it is read from its beginning");
}
