namespace BtcAgent.Contracts.Alerts;

/// <summary>The result of a test message through one channel.</summary>
/// <param name="Channel">Name of the channel.</param>
/// <param name="IsDone">False while the channel has not answered.</param>
/// <param name="Problem">Why it failed; null when the channel has accepted the message, or has not answered.</param>
[GenerateSerializer, Immutable, Alias("ChannelTest")]
public sealed record ChannelTest([property: Id(0)] string Channel, [property: Id(1)] bool IsDone, [property: Id(2)] string? Problem);
