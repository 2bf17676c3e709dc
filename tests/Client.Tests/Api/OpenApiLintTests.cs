using System.Diagnostics;
using System.Text.Json.Nodes;
using BtcAgent.Client.Tests.Access;
using BtcAgent.Testing;

namespace BtcAgent.Client.Tests.Api;

/// <summary>The OpenAPI document passes an independent linter, and describes the API alone.</summary>
public sealed class OpenApiLintTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_OfTheGateway_LintsClean()
    {
        var file = Path.Combine(Path.GetTempPath(), $"btcagent-openapi-{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, await DocumentAsync(), Cancelled);
        try
        {
            var start = new ProcessStartInfo("redocly", ["lint", file, "--config", ToolScript.Eng("redocly.yaml")])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["REDOCLY_TELEMETRY"] = "off", ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true" },
            };
            using var lint = Start(start);
            var (output, error) = (lint.StandardOutput.ReadToEndAsync(Cancelled), lint.StandardError.ReadToEndAsync(Cancelled));
            await lint.WaitForExitAsync(Cancelled);

            Assert.True(lint.ExitCode == 0, await output + await error);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Document_OfTheGateway_HasTheApiOnlyAndAsksForAKey()
    {
        var document = JsonNode.Parse(await DocumentAsync())!;

        Assert.All(document["paths"]!.AsObject(), path => Assert.StartsWith("/api/v1/", path.Key, StringComparison.Ordinal));
        Assert.Equal("bearer", document["components"]!["securitySchemes"]!["key"]!["scheme"]!.GetValue<string>());
        Assert.All(document["tags"]!.AsArray(), tag => Assert.False(string.IsNullOrEmpty(tag!["description"]?.GetValue<string>()), $"{tag["name"]} has no description"));
    }

    private static async Task<string> DocumentAsync()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);
        return await http.GetStringAsync("/openapi/v1.json", Cancelled);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            ToolScript.Missing("needs the linter redocly: npm install --global @redocly/cli, or eng/install-tools");
            throw;
        }
    }
}
