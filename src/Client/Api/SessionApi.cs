using BtcAgent.Client.Operators;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Client.Api;

internal static class SessionApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/sessions", (OperatorSessions sessions) => TypedResults.Ok(new SessionsClosed(sessions.CloseAll())))
            .WithName("CloseSessions").WithTags("Sessions")
            .WithSummary("End every sign-in at this agent, including the caller's");

    /// <param name="Closed">Number of sessions that were open.</param>
    private sealed record SessionsClosed(int Closed);
}
