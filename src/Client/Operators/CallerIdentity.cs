using System.Security.Claims;
using BtcAgent.Domain.Access;
using Microsoft.AspNetCore.Http;

namespace BtcAgent.Client.Operators;

/// <summary>Carries the caller of a request.</summary>
internal sealed class CallerIdentity(Caller caller, string scheme) : ClaimsIdentity([new Claim(ClaimTypes.Name, caller.Name)], scheme)
{
    public Caller Caller => caller;

    /// <summary>Returns null for a request without an accepted key.</summary>
    public static Caller? Of(HttpContext context) => (context.User.Identity as CallerIdentity)?.Caller;

    /// <summary>The caller's portfolios and commands; only behind an endpoint's rule, where there is a caller.</summary>
    public static AccessScope ScopeOf(HttpContext context) =>
        Of(context)?.Scope ?? throw new InvalidOperationException("the request has no caller: the endpoint's rule admits anyone");
}
