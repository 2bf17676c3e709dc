using System.Security.Claims;
using BtcAgent.Domain.Access;
using Microsoft.AspNetCore.Http;

namespace BtcAgent.Client.Operators;

/// <summary>Carries the caller of a request.</summary>
/// <param name="caller">The caller.</param>
/// <param name="scheme">Name of the authentication scheme.</param>
/// <param name="judgeAgain">Judges the caller's credentials again, for requests that last; null when nothing but their end can revoke them.</param>
internal sealed class CallerIdentity(Caller caller, string scheme, Func<ValueTask<bool>>? judgeAgain = null)
    : ClaimsIdentity([new Claim(ClaimTypes.Name, caller.Name)], scheme)
{
    public Caller Caller => caller;

    /// <summary>True while the credentials of an admitted request would be admitted again.</summary>
    public async ValueTask<bool> IsStillAllowedAsync(Timestamp now) =>
        (caller.Until is not { } until || now < until) && (judgeAgain is null || await judgeAgain());

    /// <summary>Returns null for a request without an accepted key.</summary>
    public static Caller? Of(HttpContext context) => (context.User.Identity as CallerIdentity)?.Caller;

    /// <summary>The caller as it was admitted; only behind an endpoint's rule, where there is one.</summary>
    public static CallerIdentity IdentityOf(HttpContext context) =>
        context.User.Identity as CallerIdentity ?? throw new InvalidOperationException("the request has no caller: the endpoint's rule admits anyone");

    /// <summary>The caller's portfolios and commands; only behind an endpoint's rule, where there is a caller.</summary>
    public static AccessScope ScopeOf(HttpContext context) =>
        IdentityOf(context).Caller.Scope;
}
