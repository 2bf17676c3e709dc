using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Operators;

/// <summary>
/// Lets in who shows the operator key as <c>Authorization: Bearer</c> or <c>X-Operator-Key</c>, or the cookie of a
/// sign-in. A cookie alone changes nothing from another site.
/// </summary>
internal sealed class OperatorAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, OperatorKey key)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "operator";
    public const string Cookie = "btcagent";

    private const string Bearer = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var authorization = Request.Headers.Authorization.ToString();
        var shown = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? authorization[Bearer.Length..].Trim()
            : Request.Headers["X-Operator-Key"].ToString();
        if (shown.Length > 0)
        {
            return Task.FromResult(key.Matches(shown) ? Accept() : AuthenticateResult.Fail("wrong operator key"));
        }

        if (!key.MatchesSession(Request.Cookies[Cookie]))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        return Task.FromResult(IsSafe() ? Accept() : AuthenticateResult.Fail("a cookie from another site changes nothing here"));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        if (Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            Response.ContentType = "text/html; charset=utf-8";
            await Response.WriteAsync(SignInPage.Text, Context.RequestAborted);
            return;
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        await Results.Problem(
            statusCode: StatusCodes.Status401Unauthorized,
            title: "The operator key is needed",
            detail: "Send 'Authorization: Bearer KEY' or 'X-Operator-Key: KEY'; KEY stands in operator.key of the agent's data folder.")
            .ExecuteAsync(Context);
    }

    private bool IsSafe() =>
        HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method) || IsSameOrigin();

    private bool IsSameOrigin() =>
        Request.Headers.Origin.ToString() is { Length: > 0 } origin
            ? Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == Request.Host.Value && from.Scheme == Request.Scheme
            : Request.Headers["Sec-Fetch-Site"] == "same-origin";

    private AuthenticateResult Accept()
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, "operator")], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
