using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Client.Operators;

/// <summary><c>GET /signin?key=…</c>: turns the key into a cookie and leaves the key's address.</summary>
internal static class SignInEndpoint
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/signin", SignIn)
            .AllowAnonymous()
            .RequireRateLimiting(GatewayLimits.SignIn)
            .ExcludeFromDescription();

    private static IResult SignIn(HttpContext context, OperatorKey key)
    {
        if (!key.Matches(context.Request.Query["key"]))
        {
            return Results.Content(SignInPage.Text, "text/html; charset=utf-8", statusCode: StatusCodes.Status401Unauthorized);
        }

        context.Response.Cookies.Append(OperatorAuthentication.Cookie, key.SessionToken, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            MaxAge = TimeSpan.FromDays(30),
            Path = "/",
        });
        return Results.Redirect("/");
    }
}
