using System.Net;
using System.Net.Sockets;
using System.Text;
using BtcAgent.Exchanges.Binance.Execution;
using BtcAgent.Exchanges.Binance.Rest;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Exchanges.Binance.Tests.Rest;

/// <summary>The clients of the agent at a server that answers every request with a redirect.</summary>
public sealed class RedirectTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(BinanceRestClient))]
    [InlineData(nameof(BinanceTradingSession))]
    public async Task Get_AnsweredByARedirect_ReturnsItAndSendsTheKeyNowhereElse(string name)
    {
        using var venue = Listen();
        using var other = Listen();
        var answering = AnswerAsync(venue, ((IPEndPoint)other.LocalEndpoint).Port);
        await using var provider = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging().AddBinanceMarketData().AddBinanceTrading().BuildServiceProvider();
        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient(name);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{((IPEndPoint)venue.LocalEndpoint).Port}/api/v3/account?signature=s");
        request.Headers.Add("X-MBX-APIKEY", "key");

        using var answer = await client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.TemporaryRedirect, answer.StatusCode);
        Assert.Contains("X-MBX-APIKEY: key", await answering, StringComparison.Ordinal);
        Assert.False(other.Pending());
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    /// <returns>The head of the request.</returns>
    private static async Task<string> AnswerAsync(TcpListener listener, int port)
    {
        using var connection = await listener.AcceptTcpClientAsync(Cancelled);
        var stream = connection.GetStream();
        var head = new StringBuilder();
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        while (await reader.ReadLineAsync(Cancelled) is { Length: > 0 } line)
        {
            head.AppendLine(line);
        }

        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:{port}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), Cancelled);
        return head.ToString();
    }
}
