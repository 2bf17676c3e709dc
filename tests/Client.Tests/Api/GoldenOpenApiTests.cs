using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BtcAgent.Client.Tests.Access;
using BtcAgent.Testing;

namespace BtcAgent.Client.Tests.Api;

/// <summary>The API's requests and answers, as the gateway describes them itself.</summary>
public sealed class GoldenOpenApiTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Document_OfTheGateway_IsTheGoldenOne()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);

        var document = JsonNode.Parse(await http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!.AsObject();
        document.Remove("servers"); // The address of this run.

        GoldenFile.Check("OpenApi.json", document.ToJsonString(Readable));
    }
}
