using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Cli.Tests.Agents;

/// <summary>A web server on loopback that answers as the test says, and keeps the requests; with a key file for it.</summary>
internal sealed class AgentDouble : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-double-");

    private AgentDouble(WebApplication app)
    {
        _app = app;
        KeyFile = Path.Combine(_folder.FullName, "operator.key");
        File.WriteAllText(KeyFile, $"{Key}\n");
    }

    public const string Key = "correct-horse-battery-staple";

    public string KeyFile { get; }

    /// <summary>Address with the name localhost.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Method, path, query and the Authorization header of each request.</summary>
    public ConcurrentQueue<(string Method, string Target, string Authorization, string Idempotency, string Body)> Requests { get; } = new();

    public static async Task<AgentDouble> StartAsync(RequestDelegate answer, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var app = builder.Build();
        var agent = new AgentDouble(app);
        app.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            agent.Requests.Enqueue((
                context.Request.Method,
                $"{context.Request.Path}{context.Request.QueryString}",
                context.Request.Headers.Authorization.ToString(),
                context.Request.Headers["Idempotency-Key"].ToString(),
                await body.ReadToEndAsync()));
            await answer(context);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        var bound = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        agent.Url = new UriBuilder(bound) { Host = "localhost" }.Uri;
        return agent;
    }

    /// <summary>An answer with a status and a text.</summary>
    public static RequestDelegate Answer(int status, string content, string type = "application/json", params (string Name, string Value)[] headers) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        return context.Response.WriteAsync(content);
    };

    /// <summary>Runs a command against this server.</summary>
    public CommandRun Run(params string[] arguments) => CommandRun.Of([.. arguments, "--url", $"{Url}", "--key-file", KeyFile]);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
