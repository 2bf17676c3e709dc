using System.Globalization;
using BtcAgent.Client.Access;
using BtcAgent.Client.Attacks;
using BtcAgent.Domain.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Client.Operators;

/// <summary>
/// <c>/signin</c>: opens a session for the key, sent in a form's body, or for the token of a single-use link. A key in the URL
/// is refused, because it would remain in histories and logs.
/// </summary>
internal static class SignInEndpoint
{
    public const string Path = "/signin";

    private const int FormBytesMax = 4 * 1024;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, Show)
            .WithRule(RouteRule.Anyone(CommandVerbs.SignIn)).WithMetadata(LimitedApart.SignIn).ExcludeFromDescription();
        app.MapPost(Path, SignInAsync).WithRule(RouteRule.Anyone(CommandVerbs.SignIn)).WithMetadata(LimitedApart.SignIn)
            .WithMetadata(new RequestSizeLimitAttribute(FormBytesMax)).ExcludeFromDescription();
        app.MapPost("/signout", SignOut)
            .WithRule(RouteRule.Command(CommandVerbs.SignOut, AccessRole.Viewer, RouteScope.Shared)).ExcludeFromDescription();
    }

    private static IResult Show(HttpContext context, SignInLinks links, OperatorSessions sessions, FailureThrottle throttle, AttackLog attacks)
    {
        var query = context.Request.Query;
        if (query.ContainsKey("key"))
        {
            return Page(SignInPage.KeyInAddress, StatusCodes.Status400BadRequest);
        }

        // A prefetch by the browser must not consume the link.
        if (query["token"].ToString() is not { Length: > 0 } token
            || context.Request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase))
        {
            return Page("", StatusCodes.Status200OK);
        }

        return links.Redeem(token)
            ? Open(context, sessions, Caller.Operator)
            : Refuse(context, throttle, attacks, SignInPage.LinkIsVoid);
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, Credentials credentials, OperatorSessions sessions, FailureThrottle throttle, AttackLog attacks)
    {
        if (!context.Request.HasFormContentType)
        {
            return Page(SignInPage.NotAForm, StatusCodes.Status415UnsupportedMediaType);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        try
        {
            return await credentials.JudgeKeyAsync(form["key"].ToString().Trim()) is { Role: not null } caller
                ? Open(context, sessions, caller)
                : Refuse(context, throttle, attacks, SignInPage.WrongKey);
        }
        catch (KeysUnavailableException)
        {
            return Page(SignInPage.KeysUnavailable, StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult SignOut(HttpContext context, OperatorSessions sessions)
    {
        if (SessionCookie.Read(context) is { } id)
        {
            sessions.Close(id);
            SessionCookie.Delete(context);
        }

        context.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return TypedResults.NoContent();
    }

    private static IResult Open(HttpContext context, OperatorSessions sessions, Caller caller)
    {
        if (SessionCookie.Read(context) is { } former)
        {
            sessions.Close(former);
        }

        (AuditNote.Of(context).Actor, AuditNote.Of(context).Role) = (caller.Name, AccessRoles.NameOf(caller.Role!.Value));
        SessionCookie.Write(context, sessions.Open(caller));
        context.Features.Get<IProvenConnection>()?.Prove();
        return Results.Redirect("/");
    }

    private static IResult Refuse(HttpContext context, FailureThrottle throttle, AttackLog attacks, string why)
    {
        attacks.Saw(AttackKind.WrongKey, context.Connection.RemoteIpAddress);
        if (throttle.Record(context.Connection.RemoteIpAddress) is not { } wait)
        {
            return Page(why, StatusCodes.Status401Unauthorized);
        }

        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Page(SignInPage.TooManyFailures, StatusCodes.Status429TooManyRequests);
    }

    private static IResult Page(string notice, int statusCode) =>
        Results.Content(SignInPage.With(notice), SignInPage.ContentType, statusCode: statusCode);
}
