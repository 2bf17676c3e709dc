using BtcAgent.Client.Grpc;
using BtcAgent.Client.Grpc.V1;
using BtcAgent.Client.Tests.Access;
using BtcAgent.Testing;

namespace BtcAgent.Client.Tests.Rpc;

/// <summary>With TLS, gRPC and REST share a port.</summary>
public sealed class RpcTlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-tls-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Gateway_WithACertificate_ServesGrpcAndRestOnOnePort()
    {
        using (var authority = new TestAuthority("tests"))
        {
            authority.WriteTo(_folder.FullName, "gateway");
        }

        await using var gateway = await GatewayUnderTest.StartAsync(
            ("Kestrel:Endpoints:Https:Url", "https://127.0.0.1:0"),
            ("Kestrel:Endpoints:Https:Certificate:Path", Path.Combine(_folder.FullName, "tls.crt")),
            ("Kestrel:Endpoints:Https:Certificate:KeyPath", Path.Combine(_folder.FullName, "tls.key")));
        using var trusting = TrustTheGateway();
        using var agent = new OperatorClient(new OperatorClientOptions
        {
            Address = gateway.Address,
            Key = gateway.Key,
            Handler = trusting,
            Deadline = TimeSpan.FromSeconds(30),
        });
        using var http = new HttpClient(TrustTheGateway()) { BaseAddress = gateway.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", gateway.Key);

        Assert.Equal("https", gateway.Address.Scheme);
        var rules = await agent.Limits.ListRulesAsync(new ListRulesRequest());
        using var answer = await http.GetAsync("/api/v1/risk/rules", TestContext.Current.CancellationToken);

        Assert.NotEmpty(rules.Rules);
        Assert.True(answer.IsSuccessStatusCode);
    }

    private static SocketsHttpHandler TrustTheGateway() => new()
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=gateway" },
    };
}
