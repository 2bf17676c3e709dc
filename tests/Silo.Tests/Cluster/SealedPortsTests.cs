using System.Net;
using System.Net.Sockets;
using System.Text;
using BtcAgent.Contracts.Control;
using BtcAgent.Silo.Cluster;
using BtcAgent.Silo.Tests.Roles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BtcAgent.Silo.Tests.Cluster;

/// <summary>A single-process agent serves only HTTP, which requires the key.</summary>
public sealed class SealedPortsTests : IDisposable
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(10);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-ports-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task RoleAll_EveryListeningPort_RefusesAnOrleansClientAndSpeaksHttpOnly()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads a process's sockets from /proc");
        using var agent = new AgentProgram(_folder.FullName, "--set", "StarterModel:Enabled=false");
        await agent.WaitUntilLiveAsync();

        var listeners = agent.Listeners();

        // The console's port and the embedded venue's three: Orleans' ports would be additional.
        Assert.Contains(listeners, l => l.Port == agent.Http.BaseAddress!.Port);
        foreach (var listener in listeners)
        {
            Assert.False(await ArmsAsync(listener), $"an Orleans client controls the agent through {listener}");
            Assert.StartsWith("HTTP/1.1 ", await AnswerToAsync(listener, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
            var refusal = await AnswerToAsync(listener, "\u0010\0\0\0\u0002\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\r\n\r\n");
            Assert.True(refusal.Length == 0 || refusal.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), $"{listener}: {refusal}");
        }
    }

    [Fact]
    public void SealPorts_WithoutListenersToReplace_Throws()
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        InvalidOperationException? refused = null;
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(gatewayPort: 0);
            foreach (var listener in silo.Services.Where(s => s.ServiceType == typeof(Microsoft.AspNetCore.Connections.IConnectionListenerFactory)).ToArray())
            {
                silo.Services.Remove(listener);
            }

            refused = Assert.Throws<InvalidOperationException>(() => silo.SealPorts());
        });
        using var host = builder.Build();

        Assert.Contains("silo port would be open", refused?.Message, StringComparison.Ordinal);
    }

    /// <summary>An attempt by a local user without the key: an ordinary Orleans client.</summary>
    private static async Task<bool> ArmsAsync(IPEndPoint port)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleansClient(client => client
            .UseStaticClustering(port)
            .UseConnectionRetryFilter((_, _) => Task.FromResult(false)));
        using var host = builder.Build();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(AnswerMax);
        try
        {
            await host.StartAsync(limit.Token);
            await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ITradingControlGrain>(ITradingControlGrain.Key)
                .IsArmed().WaitAsync(limit.Token);
            return true;
        }
        catch (Exception e) when (e is OrleansException or OperationCanceledException or TimeoutException or Orleans.Runtime.Messaging.ConnectionFailedException)
        {
            return false;
        }
    }

    private static async Task<string> AnswerToAsync(IPEndPoint port, string sent)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(port, Cancelled);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(AnswerMax);
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(sent), limit.Token);
        using var answer = new MemoryStream();
        await tcp.GetStream().CopyToAsync(answer, limit.Token);
        return Encoding.ASCII.GetString(answer.ToArray());
    }
}
