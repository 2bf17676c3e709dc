using BtcAgent.Client.Access;
using BtcAgent.Domain.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Client.Operators;

/// <summary>
/// Compares the caller with the endpoint's rule: role, command and portfolio. An endpoint without a rule admits nobody. The
/// answers "not found" and "method not allowed" of the router are for every key.
/// </summary>
internal sealed class RouteRuleHandler : AuthorizationHandler<RouteRuleRequirement>
{
    private static readonly object Key = new();

    /// <summary>Why the request was forbidden; null when it was not.</summary>
    public static string? RefusalOf(HttpContext context) => context.Items[Key] as string;

    /// <summary>Why the caller may not do this; null when it may.</summary>
    public static string? WhyNot(Caller caller, HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is not null && RouteTable.RuleOf(endpoint) is { } rule)
        {
            return ByRole(caller, rule) ?? ByVerb(caller, rule) ?? ByPortfolio(caller, rule, context);
        }

        return endpoint is RouteEndpoint ? "This route has no rule, so that nobody may use it."
            : caller.Role is null ? "The metrics token gives access to /metrics only."
            : null;
    }

    /// <summary>Why the caller may not act for the portfolio; null when it may. Without a portfolio, for all of them.</summary>
    public static string? WhyNotFor(Caller caller, string? portfolio) =>
        !caller.Scope.IsLimited || (portfolio is not null && caller.Scope.Covers(portfolio)) ? null
        : portfolio is null ? $"{caller.Credential} is for {Portfolios(caller)}: name one of them, since without a name this is for every portfolio."
        : $"{caller.Credential} is for {Portfolios(caller)}, not for '{Shown(portfolio)}'.";

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RouteRuleRequirement requirement)
    {
        if (context.Resource is HttpContext request && CallerIdentity.Of(request) is { } caller)
        {
            if (WhyNot(caller, request) is { } why)
            {
                request.Items[Key] = why;
                context.Fail(new AuthorizationFailureReason(this, why));
            }
            else
            {
                context.Succeed(requirement);
            }
        }

        return Task.CompletedTask;
    }

    private static string? ByRole(Caller caller, RouteRule rule) => (rule.Callers, caller.Role) switch
    {
        (RouteCallers.Anyone or RouteCallers.MetricsReaders, _) => null,
        (_, null) => "The metrics token gives access to /metrics only.",
        (_, { } role) when role < rule.Role =>
            $"This needs the role {AccessRoles.NameOf(rule.Role.Value)}; the key of '{caller.Name}' has the role {AccessRoles.NameOf(role)}.",
        _ => null,
    };

    private static string? ByVerb(Caller caller, RouteRule rule) =>
        rule.Verb is not { } verb || verb is CommandVerbs.SignIn or CommandVerbs.SignOut || caller.Scope.Allows(verb) ? null
        : $"{caller.Credential} is limited to the commands {string.Join(", ", caller.Scope.Verbs)}; this is {verb}.";

    private static string? ByPortfolio(Caller caller, RouteRule rule, HttpContext context)
    {
        if (!caller.Scope.IsLimited)
        {
            return null;
        }

        return rule.Scope switch
        {
            RouteScope.WholeAgent => $"This is for the agent as a whole. {caller.Credential} is for {Portfolios(caller)}.",
            RouteScope.Path => WhyNotFor(caller, context.Request.RouteValues["id"]?.ToString() ?? ""),
            RouteScope.Query when context.Request.Query.TryGetValue("portfolio", out var named) => WhyNotFor(caller, named.ToString()),
            _ => null,
        };
    }

    private static string Portfolios(Caller caller) => $"portfolio {string.Join(", ", caller.Scope.Portfolios)}";

    private static string Shown(string text)
    {
        const int Most = 40;
        return string.Concat(text.Take(Most).Select(c => char.IsControl(c) ? ' ' : c));
    }
}
