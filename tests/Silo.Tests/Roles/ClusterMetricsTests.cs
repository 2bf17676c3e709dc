using BtcAgent.Client.Operators;
using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Silo.Tests.Roles;

/// <summary>Metrics of a cluster's processes require the key; PostgreSQL and Kafka need not run for that.</summary>
public sealed class ClusterMetricsTests : IDisposable
{
    private const string Token = "0123456789abcdef0123456789abcdef";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-metrics-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(NodeRole.Silo)]
    [InlineData(NodeRole.Ingest)]
    [InlineData(NodeRole.Gateway)]
    [InlineData(NodeRole.Optimizer)]
    [InlineData(NodeRole.Social)]
    public async Task Metrics_OfAnyRole_WantTheKeyOrTheirToken(NodeRole role)
    {
        var token = Path.Combine(_folder.FullName, "token");
        await File.WriteAllTextAsync(token, Token, TestContext.Current.CancellationToken);
        await using var app = AgentHost.Build(new AgentSettings
        {
            Role = role,
            Port = 0,
            DataFolder = Path.Combine(_folder.FullName, "data"),
            Overrides =
            [
                new("Cluster:Postgres", "Host=127.0.0.1;Port=1;Database=none"),
                new("Cluster:Development", "true"),
                new("Kafka:BootstrapServers", "127.0.0.1:1"),
                new("Gateway:MetricsTokenFile", token),
                new("History:Parquet:Store:Path", Path.Combine(_folder.FullName, "history")),
            ],
        });
        var pipeline = ((IApplicationBuilder)app).Build();

        Assert.Equal(StatusCodes.Status401Unauthorized, await AskAsync(app, pipeline, null));
        Assert.Equal(StatusCodes.Status401Unauthorized, await AskAsync(app, pipeline, "wrong"));

        // Authenticated: the endpoint itself exists only in a started host.
        Assert.NotEqual(StatusCodes.Status401Unauthorized, await AskAsync(app, pipeline, app.Services.GetRequiredService<OperatorKey>().Text));
        Assert.NotEqual(StatusCodes.Status401Unauthorized, await AskAsync(app, pipeline, Token));
    }

    private static async Task<int> AskAsync(WebApplication app, RequestDelegate pipeline, string? key)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Method = HttpMethods.Get;
        context.Request.Scheme = "http";
        context.Request.Host = new HostString("localhost");
        context.Request.Path = "/metrics";
        context.Request.Headers.Authorization = key is null ? default : $"Bearer {key}";
        await pipeline(context);
        return context.Response.StatusCode;
    }
}
