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
            .WithSummary("End every sign-in at this agent, one's own too");

    /// <param name="Closed">Sessions that were open.</param>
    private sealed record SessionsClosed(int Closed);
}
