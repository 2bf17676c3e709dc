using System.Net;
using BtcAgent.Client.Access;
using BtcAgent.Client.Api;
using BtcAgent.Client.Attacks;
using BtcAgent.Client.Audits;
using BtcAgent.Client.Idempotency;
using BtcAgent.Client.Oidc;
using BtcAgent.Client.Operators;
using BtcAgent.Client.Rpc.Calls;
using BtcAgent.Contracts.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client;

/// <summary>Access control and rate limits, the same in every role that serves HTTP.</summary>
public static class GatewayAccess
{
    public static IServiceCollection AddGatewayAccess(this IServiceCollection services, string dataFolder)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateOnStart();
        services.AddSingleton(_ => OperatorKey.Open(dataFolder));
        services.AddSingleton(provider => MetricsToken.Read(provider.GetRequiredService<IOptions<GatewayOptions>>().Value.MetricsTokenFile));
        services.AddSingleton<KeyDirectory>();
        services.AddSingleton<ProviderKeys>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<Credentials>();
        services.AddSingleton<OperatorSessions>();
        services.AddSingleton<SignInLinks>();
        services.AddSingleton<AttackLog>();
        services.AddSingleton<IAttackBoard>(provider => provider.GetRequiredService<AttackLog>());
        services.AddSingleton<FailureThrottle>();
        services.AddHostedService<BadRequests>();
        services.AddAuthentication(OperatorAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, OperatorAuthentication>(OperatorAuthentication.SchemeName, null);
        var byRule = new AuthorizationPolicyBuilder().AddRequirements(new RouteRuleRequirement()).Build();
        services.AddAuthorizationBuilder().SetDefaultPolicy(byRule).SetFallbackPolicy(byRule);
        services.AddSingleton<IAuthorizationHandler, RouteRuleHandler>();
        services.AddSingleton<IStartupFilter, RouteRuleCheck>();
        services.AddOptions<HostFilteringOptions>().Configure<IOptions<GatewayOptions>>((filter, gateway) =>
            filter.AllowedHosts = ["localhost", "127.0.0.1", "[::1]", .. gateway.Value.AllowedHosts]);
        services.AddHostFiltering(_ => { });
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<GatewayOptions>>(Believe);
        services.AddRateLimiter(GatewayLimits.Configure);
        services.AddProblemDetails(options => options.CustomizeProblemDetails = UnreadableRequest.SayBody);
        return services;
    }

    /// <summary>In this order: determine the sender, authenticate, apply limits.</summary>
    public static WebApplication UseGatewayAccess(this WebApplication app)
    {
        var gateway = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        if (gateway.KnownProxies.Count + gateway.KnownNetworks.Count > 0)
        {
            app.UseForwardedHeaders();
        }

        RequestScreen.UseBeforeHostFiltering(app);
        app.UseHostFiltering();
        RequestScreen.UseAfterHostFiltering(app);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        var audited = app.Services.GetService<AuditedRequests>();
        if (audited is not null)
        {
            app.Use(audited.RecordAsync);
        }

        app.UseAuthorization();
        if (audited is not null)
        {
            var repeats = app.Services.GetRequiredService<RestRepeats>();
            app.Use((context, next) => repeats.RunAsync(context, next, RpcProblemWriter.IsRpc));
            app.Use((context, next) => audited.AnnounceAsync(context, next, RpcProblemWriter.IsRpc));
        }

        RequestScreen.UseAfterAuthorization(app);
        return app;
    }

    private static void Believe(ForwardedHeadersOptions forwarded, IOptions<GatewayOptions> gateway)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;

        // Follows a chain of known proxies back to the first address that is not one of them.
        forwarded.ForwardLimit = null;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in gateway.Value.KnownProxies)
        {
            forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
        }

        foreach (var network in gateway.Value.KnownNetworks)
        {
            forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        }
    }
}
