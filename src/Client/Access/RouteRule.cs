using BtcAgent.Domain.Access;

namespace BtcAgent.Client.Access;

/// <summary>
/// Who may call an endpoint, and what the call is. Metadata of every endpoint: the gateway does not start with an endpoint that
/// has none, so that a new route cannot be open by mistake. <c>docs/api.md</c> is written from it.
/// </summary>
public sealed record RouteRule
{
    private RouteRule(RouteCallers callers, AccessRole? role, RouteScope scope, string? verb) =>
        (Callers, Role, Scope, Verb) = (callers, role, scope, verb);

    public RouteCallers Callers { get; }

    /// <summary>Lowest role; null unless <see cref="Callers"/> are key holders.</summary>
    public AccessRole? Role { get; }

    public RouteScope Scope { get; }

    /// <summary>Name of the command; null for a read.</summary>
    public string? Verb { get; }

    /// <summary>Open to everybody.</summary>
    public static RouteRule Anyone(string? verb = null) => new(RouteCallers.Anyone, null, RouteScope.Shared, verb);

    public static RouteRule Metrics { get; } = new(RouteCallers.MetricsReaders, null, RouteScope.WholeAgent, null);

    public static RouteRule Read(AccessRole role, RouteScope scope) => new(RouteCallers.KeyHolders, role, scope, null);

    public static RouteRule Command(string verb, AccessRole role, RouteScope scope) => new(RouteCallers.KeyHolders, role, scope, verb);

    /// <summary>Returns the callers for a list of the routes.</summary>
    public string Describe() => Callers switch
    {
        RouteCallers.Anyone => "anyone",
        RouteCallers.MetricsReaders => "metrics",
        _ => AccessRoles.NameOf(Role!.Value),
    };
}
