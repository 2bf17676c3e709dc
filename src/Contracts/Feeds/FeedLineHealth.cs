namespace BtcAgent.Contracts.Feeds;

/// <summary>Health of one of two readers of the same venue, counted since the reporting grain's activation.</summary>
/// <param name="IsLive">True when it reads and is not behind the other.</param>
/// <param name="Epoch">Epoch of its lease.</param>
/// <param name="Events">Events that it delivered.</param>
/// <param name="First">Events that it delivered before the other.</param>
/// <param name="Interruptions">How often it lost its connection.</param>
/// <param name="SequenceHoles">Its events that never arrived.</param>
[GenerateSerializer, Immutable, Alias("FeedLineHealth")]
public sealed record FeedLineHealth(
    [property: Id(0)] bool IsLive,
    [property: Id(1)] long Epoch,
    [property: Id(2)] long Events,
    [property: Id(3)] long First,
    [property: Id(4)] long Interruptions,
    [property: Id(5)] long SequenceHoles);
