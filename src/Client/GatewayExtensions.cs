using BtcAgent.Client.Access;
using BtcAgent.Client.Api;
using BtcAgent.Client.Audits;
using BtcAgent.Client.Idempotency;
using BtcAgent.Client.Operators;
using BtcAgent.Client.Rpc;
using BtcAgent.Client.Streams;
using BtcAgent.Domain.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scalar.AspNetCore;

namespace BtcAgent.Client;

/// <summary>The operator gateway: sign-in, REST API and console, for a host that has grains to call.</summary>
public static class GatewayExtensions
{
    /// <summary>
    /// Compressed over plain HTTP only, ASP.NET Core's default: behind TLS, a length could reveal a secret. Pages that set a
    /// cookie are not on the list.
    /// </summary>
    private static readonly string[] CompressedTypes =
        ["application/json", "application/problem+json", "text/css", "text/javascript", "image/svg+xml"];

    public static IServiceCollection AddOperatorGateway(this IServiceCollection services, AgentIdentity identity, string dataFolder)
    {
        services.AddOperatorRpc(GatewayServer.BodyBytesMax);
        services.AddGatewayAccess(dataFolder);
        services.AddSingleton(identity);
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<RefusalQuota>();
        services.AddSingleton<AuditedRequests>();
        services.AddSingleton<CommandRepeats>();
        services.AddSingleton<RestRepeats>();
        services.AddHostedService<RecordSweep>();
        services.AddSingleton<TwoPersonRule>();
        services.AddHostedService<TwoPersonNotice>();
        services.AddSingleton<EventStreams>();
        services.AddSingleton<StreamCallers>();
        services.AddHostedService(provider => provider.GetRequiredService<StreamCallers>());
        services.AddExceptionHandler<GrainFailures>();
        services.AddResponseCompression(options => options.MimeTypes = CompressedTypes);
        services.AddOpenApi(options =>
        {
            options.AddOperationTransformer(KeyParameter.AddAsync);
            ApiDocument.Configure(options);
        });
        services.Configure<Microsoft.AspNetCore.Routing.RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options => GatewayJson.Configure(options.SerializerOptions));
        return services;
    }

    public static WebApplication UseOperatorGateway(this WebApplication app)
    {
        SecurityHeaders.Use(app);
        app.UseResponseCompression();
        app.UseGatewayAccess();
        app.Use(UnreadableRequest.KeepBodyAsync);
        return app;
    }

    public static WebApplication MapOperatorGateway(this WebApplication app)
    {
        SignInEndpoint.Map(app);
        ConsoleAssets.Map(app);
        SecurityContact.Map(app);
        AlertLinkEndpoint.Map(app);
        var readers = RouteRule.Read(AccessRole.Viewer, RouteScope.Shared);
        app.MapOpenApi().WithRule(readers);
        app.MapScalarApiReference("/docs", options => options.WithTitle("BtcAgent API").DisableDefaultFonts()).WithRule(readers)
            .Finally(CloseAssets);
        var api = app.MapGroup("/api/v1").RequireAuthorization().AddEndpointFilter<CommandQuery>().AddEndpointFilter<EntityTags>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        StatusApi.Map(api);
        InstrumentApi.Map(api);
        PortfolioApi.Map(api);
        RiskApi.Map(api);
        OrderApi.Map(api);
        OrderCommandApi.Map(api);
        SignalApi.Map(api);
        DecisionApi.Map(api);
        HistoryApi.Map(api);
        EventApi.Map(api);
        ModelApi.Map(api);
        ExperimentApi.Map(api);
        OptimizerApi.Map(api);
        ControlApi.Map(api);
        AlertApi.Map(api);
        SocialApi.Map(api);
        EconomyApi.Map(api);
        SessionApi.Map(api);
        KeyApi.Map(api);
        AuditApi.Map(api);
        ConfirmationApi.Map(api);
        app.MapOperatorRpc(((IEndpointRouteBuilder)api).DataSources);
        return app;
    }

    /// <summary>The explorer declares its own scripts open to everybody.</summary>
    private static void CloseAssets(EndpointBuilder endpoint)
    {
        foreach (var open in endpoint.Metadata.OfType<IAllowAnonymous>().ToArray())
        {
            endpoint.Metadata.Remove(open);
        }
    }
}
