using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Client.Access;

/// <summary>Reads the rules of a process's endpoints.</summary>
public static class RouteTable
{
    /// <summary>Every route with its rule, by path and method.</summary>
    /// <exception cref="InvalidOperationException">An endpoint has no rule, or one that contradicts its other metadata.</exception>
    public static IReadOnlyList<RouteEntry> Of(IEnumerable<Endpoint> endpoints)
    {
        var entries = new List<RouteEntry>();
        var wrong = new List<string>();
        foreach (var endpoint in endpoints)
        {
            if (Problem(endpoint) is { } problem)
            {
                wrong.Add($"{endpoint.DisplayName} {problem}");
                continue;
            }

            var path = "/" + ((endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "").Trim('/');
            var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
            entries.AddRange(methods.Select(method => new RouteEntry(method, path, RuleOf(endpoint)!)));
        }

        if (wrong.Count > 0)
        {
            throw new InvalidOperationException(
                $"{wrong.Count} endpoints cannot be guarded: {string.Join("; ", wrong)}; give each one rule with WithRule");
        }

        return [.. entries.OrderBy(entry => entry.Path, StringComparer.Ordinal).ThenBy(entry => entry.Method, StringComparer.Ordinal)];
    }

    /// <summary>The rule given last: an endpoint's replaces its group's.</summary>
    public static RouteRule? RuleOf(Endpoint endpoint) => endpoint.Metadata.GetMetadata<RouteRule>();

    private static string? Problem(Endpoint endpoint)
    {
        if (RuleOf(endpoint) is not { } rule)
        {
            return "has no rule";
        }

        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
        return (rule.Callers == RouteCallers.Anyone) != endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            ? "is open by its metadata and closed by its rule, or the reverse"
            : rule.Verb is null && endpoint.Metadata.GetMetadata<RpcRead>() is null && methods.Any(method => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
                ? "changes something and its rule names no command"
                : null;
    }
}
