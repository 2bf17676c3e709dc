using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BtcAgent.Client.Tests.Access;
using BtcAgent.Testing;

namespace BtcAgent.Client.Tests.Api;

/// <summary>The API's requests and answers, as the gateway describes them itself, without the words.</summary>
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
        RemoveWords(document);

        GoldenFile.Check("OpenApi.json", document.ToJsonString(Readable));
    }

    [Fact]
    public async Task Document_EverySchema_HasAType()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);

        var document = JsonNode.Parse(await http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!;

        var untyped = new List<string>();
        foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject())
        {
            AddUntyped(name, schema!.AsObject(), untyped);
        }

        Assert.Empty(untyped);
    }

    private static void AddUntyped(string path, JsonObject schema, List<string> untyped)
    {
        if (!schema.Any(member => member.Key is "type" or "enum" or "$ref" or "oneOf" or "anyOf" or "allOf"))
        {
            untyped.Add(path);
        }

        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
        {
            AddUntyped($"{path}.{name}", member!.AsObject(), untyped);
        }
    }

    /// <summary>Words are no part of the contract. A schema's member of such a name is an object, not a text.</summary>
    private static void RemoveWords(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                RemoveWords(item);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var name in new[] { "description", "summary", "title" })
            {
                if (members[name] is JsonValue)
                {
                    members.Remove(name);
                }
            }

            foreach (var (_, member) in members)
            {
                RemoveWords(member);
            }
        }
    }
}
