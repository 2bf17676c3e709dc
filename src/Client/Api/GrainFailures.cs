using BtcAgent.Client.Attacks;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Api;

/// <summary>
/// Answers that the cluster did not respond or that an internal error occurred; the details go only to the log.
/// </summary>
internal sealed partial class GrainFailures(ILogger<GrainFailures> logger, AttackLog attacks, IOptions<JsonOptions> json) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is BadHttpRequestException bad)
        {
            if (bad.StatusCode == StatusCodes.Status413PayloadTooLarge)
            {
                attacks.Saw(AttackKind.OversizeRequest, httpContext.Connection.RemoteIpAddress);
            }

            var detail = await new UnreadableRequest(json.Value.SerializerOptions).ExplainAsync(httpContext, bad) ?? bad.Message;
            await Results.Problem(statusCode: bad.StatusCode, title: "The request cannot be read", detail: detail)
                .ExecuteAsync(httpContext);
            return true;
        }

        LogFailed(logger, httpContext.Request.Path, exception);
        var answer = Describe(exception);
        await Results.Problem(statusCode: answer.Status, title: answer.Title, detail: answer.Detail).ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>Returns the answer to what an endpoint threw.</summary>
    internal static (int Status, string Title, string Detail) Describe(Exception exception) =>
        exception is TimeoutException or Orleans.Runtime.OrleansException
            ? (StatusCodes.Status503ServiceUnavailable, "The agent did not answer", "It may still be starting; try again in a moment.")
            : (StatusCodes.Status500InternalServerError, "Internal error", "The agent's log has the details.");

    [LoggerMessage(EventId = 600, Level = LogLevel.Error, Message = "{Path} failed")]
    private static partial void LogFailed(ILogger logger, string path, Exception exception);
}
