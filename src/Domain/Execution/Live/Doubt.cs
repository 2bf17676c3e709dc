namespace BtcAgent.Domain.Execution.Live;

/// <summary>Something the venue said that does not fit what is known. It is recorded, not thrown.</summary>
/// <param name="Id">Kind and subject: the same doubt again is counted, not added.</param>
/// <param name="Kind">What does not fit.</param>
/// <param name="Action">What it does to the portfolio while it is open.</param>
/// <param name="Subject">The order, trade or symbol.</param>
/// <param name="Words">The numbers, in words.</param>
/// <param name="Payload">What the venue said, as received or as read; at most <see cref="PayloadMax"/> characters.</param>
/// <param name="EventTime">Of the first time.</param>
/// <param name="Count">How often it was raised since it opened.</param>
/// <param name="IsOpen">False once a whole comparison with the venue has agreed.</param>
[GenerateSerializer, Immutable, Alias("Doubt")]
public sealed record Doubt(
    [property: Id(0)] string Id,
    [property: Id(1)] DoubtKind Kind,
    [property: Id(2)] DoubtAction Action,
    [property: Id(3)] string Subject,
    [property: Id(4)] string Words,
    [property: Id(5)] string Payload,
    [property: Id(6)] Timestamp EventTime,
    [property: Id(7)] long Count,
    [property: Id(8)] bool IsOpen)
{
    public const int PayloadMax = 2_000;

    /// <summary>Words and subjects come from outside too.</summary>
    public const int WordsMax = 500;
}
