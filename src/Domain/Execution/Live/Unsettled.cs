namespace BtcAgent.Domain.Execution.Live;

/// <summary>A comparison with the venue that disagreed.</summary>
/// <param name="Words">Description of the difference.</param>
/// <param name="HasAnswers">Whether the venue answered every query: asking again is then unlikely to help.</param>
public sealed record Unsettled(string Words, bool HasAnswers);
