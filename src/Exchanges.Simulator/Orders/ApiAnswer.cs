using BtcAgent.Exchanges.Simulator.Protocol;

namespace BtcAgent.Exchanges.Simulator.Orders;

/// <summary>The answer to a request.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Result">The result as JSON; null for an error.</param>
/// <param name="Error">Null for a result.</param>
/// <param name="ErrorData">Details of the error, as JSON.</param>
/// <param name="RetryAfterSeconds">Set for 429 and 418.</param>
/// <param name="Fate">Whether and how it is delivered.</param>
internal sealed record ApiAnswer(
    int Status, byte[]? Result, VenueError? Error = null, byte[]? ErrorData = null, int? RetryAfterSeconds = null, AnswerFate Fate = AnswerFate.Sent);
