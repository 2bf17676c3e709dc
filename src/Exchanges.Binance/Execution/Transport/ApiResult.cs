using System.Text.Json;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Exchanges.Binance.Rest;

namespace BtcAgent.Exchanges.Binance.Execution.Transport;

/// <summary>Result of a request.</summary>
/// <param name="Outcome">Done, or what is known about the request.</param>
/// <param name="Body">The result when done, otherwise the complete error body if there is one.</param>
/// <param name="Code">The venue's code; zero for none.</param>
/// <param name="Reason">Code, the venue's message and remedy; empty when done.</param>
internal sealed record ApiResult(VenueOutcome Outcome, JsonElement? Body, int Code, string Reason)
{
    public static ApiResult Done(JsonElement body) => new(VenueOutcome.Done, body, 0, "");

    public static ApiResult NotSent(string reason) => new(VenueOutcome.NotNow, null, 0, reason);

    public static ApiResult Unanswered(string reason) => new(VenueOutcome.Unknown, null, 0, reason);

    public static ApiResult Refusal(int status, int code, string message, JsonElement? body = null)
    {
        var meaning = ErrorCodes.MeaningOf(status, code);
        return new(meaning.Outcome, body, code, $"{code}: {message} ({meaning.Remedy})");
    }
}
