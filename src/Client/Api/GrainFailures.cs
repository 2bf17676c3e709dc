using BtcAgent.Client.Attacks;
using BtcAgent.Contracts.Health;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Api;

/// <summary>
/// Answers that the cluster did not respond or that an internal error occurred; the details go only to the log.
/// </summary>
internal sealed partial class GrainFailures(
    ILogger<GrainFailures> logger, AttackLog attacks, IOptions<JsonOptions> json, IEnumerable<IStoreCondition> stores) : IExceptionHandler
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
        var answer = Describe(exception, stores);
        await Results.Problem(statusCode: answer.Status, title: answer.Title, detail: answer.Detail).ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>Returns the answer to what an endpoint threw.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="stores">The stores, whose problem is the reason of most failures while they have one.</param>
    internal static (int Status, string Title, string Detail) Describe(Exception exception, IEnumerable<IStoreCondition> stores) =>
        stores.Select(store => store.Problem).FirstOrDefault(problem => problem is not null) is { } stuck
            ? (StatusCodes.Status503ServiceUnavailable, "The agent cannot store", $"{stuck} The command may have been carried out in part: look at the status.")
            : exception is TimeoutException or Orleans.Runtime.OrleansException
            ? (StatusCodes.Status503ServiceUnavailable, "The agent did not answer", "It may still be starting; try again in a moment.")
            : (StatusCodes.Status500InternalServerError, "Internal error", "The agent's log has the details.");

    [LoggerMessage(EventId = 600, Level = LogLevel.Error, Message = "{Path} failed")]
    private static partial void LogFailed(ILogger logger, string path, Exception exception);
}
