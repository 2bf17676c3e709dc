using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using BtcAgent.Client.Attacks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Operators;

/// <summary>
/// Authenticates requests by the operator key or an issued key, sent as <c>Authorization: Bearer</c> or <c>X-Operator-Key</c>, or
/// by a session cookie. With a cookie from another origin only reads are allowed. Wrong keys are counted by sender, right ones
/// never. The framework would log two lines for each refusal; <see cref="AttackLog"/> reports them instead.
/// </summary>
internal sealed class OperatorAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    UrlEncoder encoder,
    Credentials credentials,
    KeyDirectory keys,
    OperatorSessions sessions,
    FailureThrottle throttle,
    AttackLog attacks)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, NullLoggerFactory.Instance, encoder)
{
    public const string SchemeName = "operator";

    private const string Bearer = "Bearer ";

    /// <summary>How long a sender of too many wrong keys must wait; null for others.</summary>
    private TimeSpan? _keepAway;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var authorization = Request.Headers.Authorization.ToString();
        var shown = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? authorization[Bearer.Length..].Trim()
            : Request.Headers["X-Operator-Key"].ToString();
        try
        {
            return shown.Length > 0 ? await JudgeKeyAsync(shown) : await JudgeCookieAsync();
        }
        catch (KeysUnavailableException e)
        {
            return AuthenticateResult.Fail(e);
        }
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var failed = (await HandleAuthenticateOnceSafeAsync()).Failure;
        var failure = failed?.Message;
        if (_keepAway is { } wait)
        {
            Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await Results.Problem(
                statusCode: StatusCodes.Status429TooManyRequests,
                title: "Too many wrong keys",
                detail: "This address sent too many wrong keys within a minute. The right key is still accepted.")
                .ExecuteAsync(Context);
            return;
        }

        if (failed is KeysUnavailableException)
        {
            Response.Headers.RetryAfter = Math.Ceiling(KeyDirectory.AgeMax.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await Results.Problem(
                statusCode: StatusCodes.Status503ServiceUnavailable, title: "The agent did not answer", detail: failure).ExecuteAsync(Context);
            return;
        }

        if (failure is null && Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            await Results.Content(SignInPage.With(""), SignInPage.ContentType, statusCode: StatusCodes.Status401Unauthorized)
                .ExecuteAsync(Context);
            return;
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        await Results.Problem(
            statusCode: StatusCodes.Status401Unauthorized,
            title: "The operator key is required",
            detail: failure ?? "Send 'Authorization: Bearer KEY' or 'X-Operator-Key: KEY'; KEY is in operator.key of the agent's data folder.")
            .ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Results.Problem(
        statusCode: StatusCodes.Status403Forbidden,
        title: "Not allowed",
        detail: RouteRuleHandler.RefusalOf(Context)).ExecuteAsync(Context);

    private async Task<AuthenticateResult> JudgeKeyAsync(string shown)
    {
        var (caller, refusal) = await credentials.JudgeAsync(shown);
        if (caller is not null)
        {
            return Accept(caller, async () => (await credentials.JudgeAsync(shown)).Caller is not null);
        }

        attacks.Saw(AttackKind.WrongKey, Context.Connection.RemoteIpAddress);
        _keepAway = throttle.Record(Context.Connection.RemoteIpAddress);
        return AuthenticateResult.Fail(refusal ?? (shown.StartsWith(ApiKeyText.Prefix, StringComparison.Ordinal)
            ? "This key is unknown, expired or revoked: ask an admin for another one."
            : "This is not the operator key, which is in operator.key of the agent's data folder."));
    }

    private async Task<AuthenticateResult> JudgeCookieAsync()
    {
        if (SessionCookie.Read(Context) is not { } id)
        {
            return AuthenticateResult.NoResult();
        }

        // Not counted as a failure: every page left open across a restart sends one each second.
        var caller = sessions.Find(id);
        if (caller?.KeyId is { } keyId && (caller = await keys.FindAsync(keyId)) is null)
        {
            sessions.Close(id);
        }

        if (caller is null)
        {
            attacks.Saw(AttackKind.UnknownSession, Context.Connection.RemoteIpAddress);
            return AuthenticateResult.NoResult();
        }

        if (RequestOrigin.MayChange(Request))
        {
            return Accept(caller, async () => sessions.IsOpen(id) && (caller.KeyId is not { } key || await keys.FindAsync(key) is not null));
        }

        attacks.Saw(AttackKind.ForeignOrigin, Context.Connection.RemoteIpAddress);
        return AuthenticateResult.Fail(
            $"The cookie allows no changes from {RequestOrigin.Describe(Request)}: the gateway was called as {Request.Scheme}://{Request.Host}. "
            + "Behind a TLS proxy, add its address to Gateway:KnownProxies.");
    }

    private AuthenticateResult Accept(Caller caller, Func<ValueTask<bool>> judgeAgain)
    {
        Context.Features.Get<IProvenConnection>()?.Prove();
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new CallerIdentity(caller, SchemeName, judgeAgain)), SchemeName));
    }
}
