using System.Net.Http.Headers;
using System.Text.Json;
using BtcAgent.Client.Operators;
using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Silo.Tests.Roles;

/// <summary>An agent in this process, with a data folder and an authenticated HTTP client.</summary>
internal sealed class RunningAgent : IAsyncDisposable
{
    /// <summary>Settings that trade within seconds, by the sign of the last bar.</summary>
    public static readonly KeyValuePair<string, string?>[] Restless =
    [
        new("Agent:Strategies:0:Model", "ema-cross"),
        new("Agent:Strategies:0:Parameters:fast", "1"),
        new("Agent:Strategies:0:Parameters:slow", "2"),
        new("Agent:Signals:MinConfidence", "0"),
        new("Agent:Signals:CoolDownMs", "0"),
        new("Logging:LogLevel:Default", "Warning"),
    ];

    private readonly WebApplication _app;

    private RunningAgent(WebApplication app)
    {
        _app = app;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Key = app.Services.GetRequiredService<OperatorKey>().Text;
        Address = new Uri(addresses.First());
        GrpcAddress = new Uri(addresses.Last());
        Http = NewClient();
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public Uri Address { get; }

    /// <summary>The port of gRPC, if the settings ask for one.</summary>
    public Uri GrpcAddress { get; }

    public string Key { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static Task<RunningAgent> StartAsync(string folder, params KeyValuePair<string, string?>[] overrides) =>
        StartAsync(folder, TimeProvider.System, overrides);

    /// <param name="folder">Its data folder.</param>
    /// <param name="wall">The machine's clock.</param>
    /// <param name="overrides">Overrides of its settings.</param>
    public static async Task<RunningAgent> StartAsync(string folder, TimeProvider wall, params KeyValuePair<string, string?>[] overrides)
    {
        var app = AgentHost.Build(new AgentSettings { Port = 0, DataFolder = folder, Overrides = [.. overrides] }, wall);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningAgent(app);
    }

    /// <summary>A client without key or cookies that does not follow redirects.</summary>
    public HttpClient NewClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await Http.GetAsync(path, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
