using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace BtcAgent.Client.Rpc.Calls;

/// <summary>The status of gRPC and the reason in its details, for a status of HTTP.</summary>
/// <param name="Code">gRPC's code.</param>
/// <param name="Reason">Reason in <c>google.rpc.ErrorInfo</c>; docs/grpc.md lists them.</param>
internal readonly record struct RpcCode(StatusCode Code, string Reason)
{
    public static RpcCode Of(int httpStatus) => httpStatus switch
    {
        StatusCodes.Status400BadRequest => new(StatusCode.InvalidArgument, "INVALID_REQUEST"),
        StatusCodes.Status401Unauthorized => new(StatusCode.Unauthenticated, "KEY_REQUIRED"),
        StatusCodes.Status403Forbidden => new(StatusCode.PermissionDenied, "NOT_ALLOWED"),
        StatusCodes.Status404NotFound => new(StatusCode.NotFound, "NOT_FOUND"),
        StatusCodes.Status409Conflict => new(StatusCode.FailedPrecondition, "REFUSED"),
        StatusCodes.Status413PayloadTooLarge => new(StatusCode.ResourceExhausted, "TOO_LARGE"),
        StatusCodes.Status415UnsupportedMediaType => new(StatusCode.InvalidArgument, "UNSUPPORTED_ENCODING"),
        StatusCodes.Status422UnprocessableEntity => new(StatusCode.FailedPrecondition, "REFUSED"),
        StatusCodes.Status429TooManyRequests => new(StatusCode.ResourceExhausted, "TOO_MANY_REQUESTS"),
        StatusCodes.Status503ServiceUnavailable => new(StatusCode.Unavailable, "UNAVAILABLE"),
        _ => new(StatusCode.Internal, "INTERNAL"),
    };
}
