namespace BtcAgent.Domain.Execution.Live;

/// <summary>Something reported by the venue that does not fit our state. It is recorded, not thrown.</summary>
/// <param name="Id">Kind and subject: a repeated doubt is counted, not added.</param>
/// <param name="Kind">Kind of contradiction.</param>
/// <param name="Action">Effect on the portfolio while it is open.</param>
/// <param name="Subject">The order, trade or symbol.</param>
/// <param name="Words">Description with the numbers.</param>
/// <param name="Payload">The venue's message, as received or as parsed; at most <see cref="PayloadMax"/>
/// characters.</param>
/// <param name="EventTime">Time of its first occurrence.</param>
/// <param name="Count">Number of occurrences since it opened.</param>
/// <param name="IsOpen">False once a complete comparison with the venue has agreed.</param>
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

    /// <summary>Longest description or subject, in characters: they contain external text, too.</summary>
    public const int WordsMax = 500;
}
