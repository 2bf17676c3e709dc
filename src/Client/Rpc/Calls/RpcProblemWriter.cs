using System.Globalization;
using BtcAgent.Client.Access;
using Microsoft.AspNetCore.Http;

namespace BtcAgent.Client.Rpc.Calls;

/// <summary>
/// Answers a gRPC call that the gateway refuses before its method runs (no key, too many requests, an error): a status of gRPC in place of
/// problem+json, which a client of gRPC could not read.
/// </summary>
internal sealed class RpcProblemWriter : IProblemDetailsWriter
{
    private const string ContentType = "application/grpc";

    public static bool IsRpc(HttpRequest request) =>
        request.ContentType?.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) == true;

    public bool CanWrite(ProblemDetailsContext context) => IsRpc(context.HttpContext.Request);

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        AuditNote.Of(http).Status ??= http.Response.StatusCode;
        context.ProblemDetails.Status ??= http.Response.StatusCode;
        var retryAfter = int.TryParse(http.Response.Headers.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : (int?)null;
        var status = RpcProblem.StatusOf(context.ProblemDetails, retryAfter);
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = ContentType;
        http.Response.Headers["grpc-status"] = status.Code.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["grpc-message"] = RpcProblem.Encode(status.Message);
        http.Response.Headers["grpc-status-details-bin"] = RpcProblem.EncodeDetails(status);
        return ValueTask.CompletedTask;
    }
}
