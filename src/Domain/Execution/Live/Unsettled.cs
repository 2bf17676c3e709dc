namespace BtcAgent.Domain.Execution.Live;

/// <summary>A comparison with the venue that did not agree.</summary>
/// <param name="Words">The difference.</param>
/// <param name="HasAnswers">The venue answered every question: asking again will hardly help.</param>
public sealed record Unsettled(string Words, bool HasAnswers);
