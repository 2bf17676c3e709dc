using BtcAgent.Client.Streams;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace BtcAgent.Client.Rpc.Calls;

/// <summary>The end of a stream as an error, with the position from which the caller continues.</summary>
internal static class RpcStreamEnd
{
    /// <summary>Name of the last position in the metadata of <c>ErrorInfo</c>.</summary>
    public const string AfterName = "after";

    private static readonly RpcCode Unavailable = RpcCode.Of(StatusCodes.Status503ServiceUnavailable);

    /// <param name="why">Why the stream has ended.</param>
    /// <param name="position">The last position that was sent; empty for none.</param>
    public static RpcException Of(StreamEnd why, string position) => why switch
    {
        StreamEnd.TooSlow => Resumable(
            new(StatusCode.ResourceExhausted, "TOO_SLOW"), "too many events were waiting, because the caller reads too slowly", position),
        StreamEnd.NotAllowed => RpcProblem.Exception(
            RpcCode.Of(StatusCodes.Status401Unauthorized), "the key was revoked or has expired: ask an admin for another one"),
        StreamEnd.KeysUnavailable => Resumable(Unavailable, "the key cannot be checked at present", position),
        StreamEnd.AgentStops => Resumable(Unavailable, "the agent stops", position),
        StreamEnd.CallerLeft => new RpcException(new Status(StatusCode.Cancelled, "the caller has left, or the deadline has passed")),
        _ => Resumable(Unavailable, "the log of facts cannot be read", position),
    };

    private static RpcException Resumable(RpcCode code, string what, string position) => position.Length == 0
        ? RpcProblem.Exception(code, $"{what}: subscribe again")
        : RpcProblem.Exception(code, $"{what}: subscribe again with the last position as 'after', and no event is lost", AfterName, position);
}
