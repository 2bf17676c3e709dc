namespace BtcAgent.Contracts.Feeds;

/// <summary>One of two readers of the same venue, counted since the grain that says so came up.</summary>
/// <param name="IsLive">It reads, and is not behind the other.</param>
/// <param name="Epoch">Of its lease.</param>
/// <param name="Events">Events that it brought.</param>
/// <param name="First">Of them, those that it brought before the other.</param>
/// <param name="Interruptions">Times that it lost its connection.</param>
/// <param name="SequenceHoles">Its events that never arrived.</param>
[GenerateSerializer, Immutable, Alias("FeedLineHealth")]
public sealed record FeedLineHealth(
    [property: Id(0)] bool IsLive,
    [property: Id(1)] long Epoch,
    [property: Id(2)] long Events,
    [property: Id(3)] long First,
    [property: Id(4)] long Interruptions,
    [property: Id(5)] long SequenceHoles);
