using BtcAgent.Client.Access;
using BtcAgent.Client.Idempotency;
using BtcAgent.Client.Operators;
using BtcAgent.Domain.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Client.Api;

internal static class SessionApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/session", Who).WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Shared))
            .WithName("GetSession").WithTags("Sessions").Produces<SessionView>()
            .WithSummary("The caller: its name, role, portfolios and commands");
        api.MapDelete("/sessions", Close).Produces<SessionsClosed>()
            .WithRule(RouteRule.Command(CommandVerbs.CloseSessions, AccessRole.Admin, RouteScope.WholeAgent))
            .WithName("CloseSessions").WithTags("Sessions")
            .WithSummary("End every sign-in at this agent, including the caller's");
    }

    /// <summary>A repeat after a crash closes no session that was opened after the first request.</summary>
    private static IResult Close(HttpContext context, OperatorSessions sessions, TimeProvider time)
    {
        var openedFor = CommandRun.Of(context) is { } run ? Timestamp.FromDateTimeOffset(time.GetUtcNow()) - run.BeganAt : TimeSpan.Zero;
        return TypedResults.Ok(new SessionsClosed(sessions.CloseAll(openedFor)));
    }

    private static IResult Who(HttpContext context)
    {
        var caller = CallerIdentity.Of(context)!;
        return TypedResults.Ok(new SessionView(
            caller.Name,
            caller.Role!.Value,
            caller.KeyId,
            caller.Scope.Portfolios,
            caller.Scope.Verbs,
            caller.Until));
    }

    /// <param name="Closed">Number of sessions that were open.</param>
    private sealed record SessionsClosed(int Closed);
}
