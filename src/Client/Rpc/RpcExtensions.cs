using BtcAgent.Client.Access;
using BtcAgent.Client.Rpc.Calls;
using BtcAgent.Client.Rpc.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Client.Rpc;

/// <summary>The services of <c>btcagent.operator.v1</c>, health and reflection, for the gateway.</summary>
internal static class RpcExtensions
{
    /// <summary>The largest message is this much shorter than its body may be.</summary>
    private const int FrameBytes = 64;

    private const string HealthCheck = "/grpc.health.v1.Health/Check";

    /// <param name="services">The services of the gateway.</param>
    /// <param name="messageBytesMax">Largest message, in bytes, of a method without its own limit.</param>
    /// <remarks>Before the gateway's own writer of problems, which would write JSON.</remarks>
    public static IServiceCollection AddOperatorRpc(this IServiceCollection services, int messageBytesMax)
    {
        services.AddSingleton<IProblemDetailsWriter, RpcProblemWriter>();
        services.AddGrpc(options =>
        {
            options.Interceptors.Add<RpcFailures>();
            options.Interceptors.Add<RpcRepeats>();
            options.MaxReceiveMessageSize = messageBytesMax;
            options.MaxSendMessageSize = null;
            options.IgnoreUnknownServices = true;

            // The gateway never decompresses what it receives: nothing small can become large.
            options.CompressionProviders = [];
        }).AddServiceOptions<ModelsService>(options => options.MaxReceiveMessageSize = Api.ModelApi.ArtefactBytesMax - FrameBytes);
        services.AddSingleton<RpcFailures>();
        services.AddSingleton<RpcRepeats>();
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks();
        return services;
    }

    /// <param name="app">The gateway.</param>
    /// <param name="rest">REST's endpoints, whose rules are those of the methods.</param>
    public static void MapOperatorRpc(this WebApplication app, IEnumerable<EndpointDataSource> rest)
    {
        var rules = new RpcRules(rest);
        IEndpointConventionBuilder[] services =
        [
            app.MapGrpcService<StatusService>(), app.MapGrpcService<InstrumentsService>(), app.MapGrpcService<PortfoliosService>(),
            app.MapGrpcService<LimitsService>(), app.MapGrpcService<OrdersService>(), app.MapGrpcService<SignalsService>(),
            app.MapGrpcService<DecisionsService>(), app.MapGrpcService<ModelsService>(), app.MapGrpcService<ControlService>(),
            app.MapGrpcService<HistoryService>(), app.MapGrpcService<EventsService>(),
        ];
        foreach (var service in services)
        {
            service.Add(rules.Apply);
        }

        app.MapGrpcReflectionService().Add(RpcRules.ApplyRead);
        app.MapGrpcHealthChecksService().Add(ApplyHealth);
    }

    /// <summary>A probe has no key, as in REST; a stream holds its connection and needs one.</summary>
    private static void ApplyHealth(EndpointBuilder endpoint)
    {
        if (RpcRules.MethodOf(endpoint) != HealthCheck)
        {
            RpcRules.ApplyRead(endpoint);
            return;
        }

        endpoint.Metadata.Add(RouteRule.Anyone());
        endpoint.Metadata.Add(new Microsoft.AspNetCore.Authorization.AllowAnonymousAttribute());
        endpoint.Metadata.Add(RpcRead.Instance);
    }
}
