using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace BtcAgent.Client.Access;

/// <summary>Gives endpoints their rule.</summary>
public static class RouteRuleExtensions
{
    public static TBuilder WithRule<TBuilder>(this TBuilder endpoints, RouteRule rule)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.WithMetadata(rule);
        return rule.Callers == RouteCallers.Anyone ? endpoints.WithMetadata(new AllowAnonymousAttribute()) : endpoints;
    }
}
