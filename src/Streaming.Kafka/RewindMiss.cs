namespace BtcAgent.Streaming.Kafka;

/// <summary>A consumer's place is gone: delivery goes on at <paramref name="OldestLeft"/>, and the consumer is told <paramref name="Reason"/>.</summary>
internal sealed record RewindMiss(long OldestLeft, string Reason)
{
    public static RewindMiss Deleted(long asked, long oldestLeft) =>
        new(oldestLeft, $"offsets {asked} to {oldestLeft - 1} are no longer held by the broker");

    public static RewindMiss MadeAnew(long asked, long oldestLeft) =>
        new(oldestLeft, $"the topic was deleted and created again: offset {asked} was of the old one, the new one is read from {oldestLeft} on");

    public static RewindMiss BeyondEnd(long asked, long end) =>
        new(0, $"offset {asked} is not there yet, the topic ends at {end}: it was deleted and created again, or lost its newest messages; it is read from its beginning");
}
