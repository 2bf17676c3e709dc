using BtcAgent.Client;
using BtcAgent.Client.Access;
using BtcAgent.Client.Api;
using BtcAgent.Contracts.Experiments;
using BtcAgent.Contracts.Journals;
using BtcAgent.Contracts.Queries;
using BtcAgent.Contracts.Settings;
using BtcAgent.Silo.Tests.Roles;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Silo.Tests.Idempotency;

/// <summary>
/// A further gateway of a running agent, without the limit on requests. Its clock does not advance, so that no wait ends early on a slow
/// machine.
/// </summary>
internal sealed class SecondGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SecondGateway(WebApplication app, string key)
    {
        _app = app;
        var handler = new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 500 };
        Http = new HttpClient(handler) { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        Http.Timeout = TimeSpan.FromMinutes(2);
        Http.DefaultRequestHeaders.Add("X-Operator-Key", key);
    }

    public HttpClient Http { get; }

    /// <summary>The commands of REST.</summary>
    public IReadOnlyList<RouteEntry> Commands =>
    [
        .. RouteTable.Of(_app.Services.GetRequiredService<EndpointDataSource>().Endpoints)
            .Where(route => route.Path.StartsWith("/api/", StringComparison.Ordinal) && route.Rule.Verb is { } verb && CommandVerbs.All.Contains(verb)),
    ];

    public static async Task<SecondGateway> StartAsync(RunningAgent agent, string folder)
    {
        var builder = WebApplication.CreateBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Configuration.AddInMemoryCollection([new("Gateway:TwoPersonRule", "true")]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseGatewayServer().UseGatewayPorts("127.0.0.1", 0, hasGrpcPort: false);
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        builder.Services.AddSingleton(agent.Services.GetRequiredService<IGrainFactory>());
        builder.Services.AddSingleton(agent.Services.GetRequiredService<IDecisionJournal>());
        builder.Services.AddSingleton(agent.Services.GetRequiredService<IHistoryReader>());
        builder.Services.AddSingleton(agent.Services.GetRequiredService<IExperimentPlans>());
        builder.Services.AddSingleton(agent.Services.GetRequiredService<IOptions<AgentOptions>>());
        builder.Services.AddOperatorGateway(agent.Services.GetRequiredService<AgentIdentity>(), folder);
        builder.Services.PostConfigure<RateLimiterOptions>(limits => limits.GlobalLimiter = null);
        var app = builder.Build();
        app.UseOperatorGateway();
        app.MapOperatorGateway();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new SecondGateway(app, agent.Key);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
