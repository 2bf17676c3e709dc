namespace BtcAgent.Streaming.Kafka;

/// <summary>Offsets [<paramref name="Asked"/>, <paramref name="OldestLeft"/>) were wanted and are no longer held by the broker.</summary>
internal sealed record RewindMiss(long Asked, long OldestLeft);
