using System.Collections.Frozen;
using BtcAgent.Client.Access;
using BtcAgent.Domain.Access;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Client.Rpc;

/// <summary>
/// Gives each method of gRPC the rule and the limits of its counterpart in REST, so that a key opens the same in both. A method without a
/// counterpart in the table does not start.
/// </summary>
/// <param name="rest">REST's endpoints.</param>
internal sealed class RpcRules(IEnumerable<EndpointDataSource> rest)
{
    /// <summary>REST's operation for each method.</summary>
    public static readonly FrozenDictionary<string, string> Counterparts = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["/btcagent.operator.v1.Status/Get"] = "GetStatus",
        ["/btcagent.operator.v1.Instruments/List"] = "ListInstruments",
        ["/btcagent.operator.v1.Instruments/Get"] = "GetInstrument",
        ["/btcagent.operator.v1.Instruments/GetProgress"] = "GetInstrumentProgress",
        ["/btcagent.operator.v1.Portfolios/List"] = "ListPortfolios",
        ["/btcagent.operator.v1.Portfolios/Get"] = "GetPortfolio",
        ["/btcagent.operator.v1.Limits/ListRules"] = "ListRiskRules",
        ["/btcagent.operator.v1.Limits/Get"] = "GetLimits",
        ["/btcagent.operator.v1.Limits/Change"] = "ChangeLimit",
        ["/btcagent.operator.v1.Orders/List"] = "ListOrders",
        ["/btcagent.operator.v1.Orders/Place"] = "PlaceOrder",
        ["/btcagent.operator.v1.Orders/Cancel"] = "CancelOrder",
        ["/btcagent.operator.v1.Orders/ListExecutions"] = "ListExecutions",
        ["/btcagent.operator.v1.Orders/AcceptBalances"] = "AcceptBalances",
        ["/btcagent.operator.v1.Signals/List"] = "ListSignals",
        ["/btcagent.operator.v1.Decisions/List"] = "ListDecisionSummaries",
        ["/btcagent.operator.v1.Decisions/Get"] = "GetDecision",
        ["/btcagent.operator.v1.Models/List"] = "ListModels",
        ["/btcagent.operator.v1.Models/Get"] = "GetModel",
        ["/btcagent.operator.v1.Models/Register"] = "RegisterModel",
        ["/btcagent.operator.v1.Models/Move"] = "MoveModel",
        ["/btcagent.operator.v1.Control/Halt"] = "ControlHalt",
        ["/btcagent.operator.v1.Control/Resume"] = "ControlResume",
        ["/btcagent.operator.v1.Control/Arm"] = "ControlArm",
        ["/btcagent.operator.v1.Control/Disarm"] = "ControlDisarm",
        ["/btcagent.operator.v1.Control/Flatten"] = "ControlFlatten",
        ["/btcagent.operator.v1.History/Read"] = "HistoryDecisions",
        ["/btcagent.operator.v1.Events/Subscribe"] = "Events",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// Largest body of a method without its own limit. Larger than the 768 KiB that a stream may have in flight, so that gRPC refuses a message that is
    /// too long with its status, before the web server breaks the call off.
    /// </summary>
    private const int BodyBytesMax = 1024 * 1024;

    private static readonly RouteRule Readers = RouteRule.Read(AccessRole.Viewer, RouteScope.Shared);

    private readonly Lazy<Dictionary<string, Endpoint>> _rest = new(() => rest.SelectMany(source => source.Endpoints)
        .Where(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>() is not null)
        .ToDictionary(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName, StringComparer.Ordinal));

    /// <summary>For the services of an operator.</summary>
    /// <exception cref="InvalidOperationException">The method has no counterpart.</exception>
    public void Apply(EndpointBuilder endpoint)
    {
        if (MethodOf(endpoint) is not { } method)
        {
            ApplyRead(endpoint);
            return;
        }

        if (!Counterparts.TryGetValue(method, out var name) || !_rest.Value.TryGetValue(name, out var counterpart))
        {
            throw new InvalidOperationException($"{method} has no counterpart in REST: add it to {nameof(RpcRules)}");
        }

        var rule = RouteTable.RuleOf(counterpart)!;
        endpoint.Metadata.Add(OfCall(rule));
        if (rule.Verb is null)
        {
            endpoint.Metadata.Add(RpcRead.Instance);
        }

        endpoint.Metadata.Add(new RequestSizeLimitAttribute(BodyBytesMax));
        foreach (var limit in counterpart.Metadata.Where(item => item is LimitedApart or IRequestSizeLimitMetadata or EnableRateLimitingAttribute))
        {
            endpoint.Metadata.Add(limit);
        }
    }

    /// <summary>For reflection, the streams of the health service, and unknown methods: any key.</summary>
    public static void ApplyRead(EndpointBuilder endpoint)
    {
        endpoint.Metadata.Add(Readers);
        endpoint.Metadata.Add(RpcRead.Instance);
    }

    public static string? MethodOf(EndpointBuilder endpoint) => endpoint.Metadata.OfType<GrpcMethodMetadata>().FirstOrDefault()?.Method.FullName;

    /// <summary>The portfolio of a call is in its message: the method compares it with the key.</summary>
    private static RouteRule OfCall(RouteRule rule)
    {
        var scope = rule.Scope is RouteScope.Path or RouteScope.Query ? RouteScope.Body : rule.Scope;
        return rule.Verb is { } verb ? RouteRule.Command(verb, rule.Role!.Value, scope) : RouteRule.Read(rule.Role!.Value, scope);
    }
}
